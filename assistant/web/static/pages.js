// Calculator, fitting measures and the policy's text.
(() => {
  "use strict";
})();
