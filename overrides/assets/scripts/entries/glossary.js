import "../places.js";
import "../site.js";
import "../glossary.js";
