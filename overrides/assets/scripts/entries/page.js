import "../site/every_page.js";
