// Everything works without this file: it only saves steps.
"use strict";
// A summary of errors takes the focus.
document.querySelector("#fouten")?.focus();
