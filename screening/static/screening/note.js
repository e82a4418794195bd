// Keeps the note on the server a few seconds after the last key, so that neither a
// sign-out nor a closed tab loses it. Without scripts it is sent with the decision alone.
const form = document.querySelector("[data-keep]");
const note = form.querySelector("#note");
const told = form.querySelector("#kept");
// As when the session has ended: what is sent then is not taken.
const LOST = "Not kept: copy it";
let waits;

const keep = async () => {
  const said = new FormData();
  said.set("note", note.value);
  said.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: said });
    told.textContent = answer.status === 204 ? "Kept" : LOST;
  } catch {
    told.textContent = LOST;
  }
};

note.addEventListener("input", () => {
  told.textContent = "";
  clearTimeout(waits);
  waits = setTimeout(keep, 3000);
});
