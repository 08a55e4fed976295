import "../lms/bridge.js";
