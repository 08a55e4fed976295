/* Begins the page “May this be signed?”. */

import "../site/every_page.js";
import "../site/signing_path.js";
