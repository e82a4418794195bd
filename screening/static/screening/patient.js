// A page that comes back from the browser's memory is asked for again, so that the back
// button shows no answer to whoever holds the phone next.
"use strict";

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
