// Keys at the decision bar: 1 to 5 open a decision, a digit picks its reason, Enter
// signs. Nothing happens while somebody writes, or once the box "Keys" is unticked.
"use strict";

const bar = document.querySelector("[data-keys]");
const keys = document.getElementById("keys");
const decisions = [...bar.querySelectorAll("details")];

const isWriting = (element) =>
  element.matches("textarea, select, input:not([type=checkbox], [type=radio])");

// The bar is in sight already: the flags must not scroll away under the reader.
const still = (element) => element?.focus({ preventScroll: true });

const show = (decision) => {
  for (const each of decisions) each.open = each === decision;
  still(decision.querySelector("summary"));
};

const press = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const open = decisions.find((each) => each.open);
  if (open && event.key === "Escape") {
    open.open = false;
    still(open.querySelector("summary"));
  }
  if (!keys.checked || !/^[1-9]$/.test(event.key)) return;
  const place = Number(event.key) - 1;
  if (open) still(open.querySelectorAll("button")[place]);
  else if (decisions[place]) show(decisions[place]);
};

keys.parentElement.hidden = false;
document.addEventListener("keydown", press);
