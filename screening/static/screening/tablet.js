// A tablet that nobody touches clears itself; the server forgets it at the same time.
// Touching and typing are told to the server at most once a minute.
const MINUTE = 60000;
const warning = document.getElementById("idle");
const limit = Number(warning.dataset.minutes) * MINUTE;
const others = new BroadcastChannel("tablet");
let touched = Date.now();
let told = Date.now();

const touch = () => {
  touched = Date.now();
  warning.hidden = true;
  if (touched - told < MINUTE) return;
  told = touched;
  fetch(warning.dataset.stay, { method: "HEAD" }).catch(() => {});
};

const look = () => {
  const left = touched + limit - Date.now();
  if (left <= 0) location.replace(warning.dataset.cleared);
  else if (left <= MINUTE) warning.hidden = false;
};

// What was cleared in one tab is not left standing in another.
const isCleared = location.pathname === warning.dataset.cleared;
if (isCleared) others.postMessage("cleared");
else others.addEventListener("message", () => location.replace(warning.dataset.cleared));

for (const kind of ["keydown", "pointerdown", "input", "scroll"]) {
  addEventListener(kind, touch, { passive: true });
}
document.addEventListener("visibilitychange", look);
setInterval(look, 5000);
