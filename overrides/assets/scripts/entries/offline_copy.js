import "../offline/copy.js";
