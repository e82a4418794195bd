// Keys at the decision bar: 1 to 5 open a decision, a digit picks its reason, Enter
// signs. Nothing happens while somebody writes, or once the box "Keys" is unticked.
"use strict";

const bar = document.querySelector("[data-keys]");
const keys = document.getElementById("keys");
const decisions = [...bar.querySelectorAll("details")];

const isWriting = (element) =>
  element.matches("textarea, select, input:not([type=checkbox], [type=radio])");

const show = (decision) => {
  for (const each of decisions) each.open = each === decision;
  decision.querySelector("summary").focus();
};

const press = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const open = decisions.find((each) => each.open);
  if (open && event.key === "Escape") {
    open.open = false;
    open.querySelector("summary").focus();
  }
  if (!keys.checked || !/^[1-9]$/.test(event.key)) return;
  const place = Number(event.key) - 1;
  if (open) open.querySelectorAll("button")[place]?.focus();
  else if (decisions[place]) show(decisions[place]);
};

keys.parentElement.hidden = false;
document.addEventListener("keydown", press);
