/* Addresses: copied with one press, and not taken away by a slip of the hand. */
"use strict";

(() => {
  const said = document.getElementById("said");

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = "Copied.";
    } catch {
      said.textContent = button.dataset.copy; /* To be copied by hand. */
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.copy) copy(button);
    else if (button?.dataset.sure && !confirm(button.dataset.sure)) event.preventDefault();
  });
})();
