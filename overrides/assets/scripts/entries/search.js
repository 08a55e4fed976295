import "../site/search.js";
