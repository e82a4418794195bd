// Warns two minutes before the server signs out whoever rests; keys and clicks on a page
// count as being there, and are told to the server at most every five minutes.
const MINUTE = 60000;
const box = document.getElementById("idle");
const warning = box.querySelector("[role=alert]");
const limit = Number(box.dataset.minutes) * MINUTE;
let told = Date.now();

const stay = async () => {
  told = Date.now();
  const answer = await fetch(box.action, { method: "POST", body: new FormData(box) });
  if (answer.status === 204) box.hidden = true;
};

const look = () => {
  const left = told + limit - Date.now();
  if (left > 2 * MINUTE) return;
  box.hidden = false;
  const says = left > 0
    ? "You will be signed out in 2 minutes, because nothing was done here."
    : "You are signed out. Sign in again; a note that was kept is still there.";
  if (warning.textContent !== says) warning.textContent = says;
};

const here = () => {
  if (box.hidden && Date.now() - told > 5 * MINUTE) stay().catch(() => {});
};

box.addEventListener("submit", (event) => {
  event.preventDefault();
  stay().catch(() => box.submit());
});
for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, here);
setInterval(look, 10000);
