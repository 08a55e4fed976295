import "../site/every_page.js";
import "../site/signing_path.js";
