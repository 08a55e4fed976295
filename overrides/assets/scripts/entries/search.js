import "../search.js";
