/*
 * The run-time of a learning platform as a real Moodle 4.5 was seen to behave, faults included: a commit says "true"
 * without a connection, a value that is as before is not sent again, what it refuses it refuses in silence, and to
 * finish in a preview marks the activity as done. Stricter in one thing: what the standard forbids is an error here.
 */
const { attempt, mode, tracks, standard } = window.launch;
const decimal = /^-?\d{0,3}(\.\d*)?$/;
const statuses = /^(passed|completed|failed|incomplete|browsed)$/;
const model = {
  "cmi.core.student_id": { mod: "r", value: "ana" },
  "cmi.core.student_name": { mod: "r", value: "López, Ana" },
  "cmi.core.lesson_mode": { mod: "r", value: mode },
  "cmi.core.entry": { mod: "r", value: tracks["cmi.core.exit"] === "suspend" ? "resume" : "" },
  "cmi.core.credit": { mod: "r", value: mode === "normal" ? "credit" : "no-credit" },
  "cmi.core.lesson_status": { mod: "rw", format: statuses, value: tracks["cmi.core.lesson_status"] ?? "not attempted" },
  "cmi.core.score.raw": { mod: "rw", format: decimal, range: [0, 100] },
  "cmi.core.score.min": { mod: "rw", format: decimal, range: [0, 100] },
  "cmi.core.score.max": { mod: "rw", format: decimal, range: [0, 100] },
  "cmi.core.exit": { mod: "w", format: /^(time-out|suspend|logout|)$/ },
  "cmi.core.session_time": { mod: "w", format: /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/, unkept: true },
  "cmi.suspend_data": { mod: "rw", format: standard ? /^[\u0000-\uffff]{0,4096}$/ : /^[\u0000-\uffff]{0,64000}$/ },
};
for (const [name, one] of Object.entries(model)) {
  one.value ??= tracks[name] ?? "";
  if (one.range && one.value !== "") one.value = Number(one.value);
  one.committed = name in tracks || one.mod === "r" ? one.value : name.endsWith("lesson_status") ? "" : undefined;
}
let [isOpen, wasOpen, error] = [false, false, "0"];
window.calls = [];
window.faults = [];
/** Notes a call and its result. */
const noted =
  (name, action) =>
  (...said) => {
    const result = action(...said);
    window.calls.push([name, ...said, result]);
    return result;
  };
const refuse = (code) => {
  error = code;
  return "false";
};

/** What changed since it was last given away, whether or not it arrived. */
function collect() {
  const found = {};
  for (const [name, one] of Object.entries(model)) {
    if (one.mod === "r" || one.unkept || one.value === "" || one.value === one.committed) continue;
    found[name] = String(one.value);
    one.committed = one.value;
  }
  return found;
}

function store(more = {}) {
  const body = JSON.stringify({ attempt, values: { ...collect(), ...more } });
  const request = new XMLHttpRequest();
  try {
    request.open("POST", "/datamodel", false);
    request.send(body);
    if (request.status === 0) throw new Error("no connection");
  } catch {
    // The run-time hands it to the browser, which tries once, and believes that it was done.
    navigator.sendBeacon("/datamodel", body);
    return "true";
  }
  error = request.responseText === "true" ? "0" : "101";
  return request.responseText === "true" ? "true" : "false";
}

window.API = {
  LMSInitialize: noted("LMSInitialize", (said) => {
    if (wasOpen) window.faults.push("initialised twice");
    if (said !== "" || isOpen) return refuse("101");
    [isOpen, wasOpen, error] = [true, true, "0"];
    return "true";
  }),
  LMSFinish: noted("LMSFinish", (said) => {
    if (said !== "" || !isOpen) return refuse("301");
    isOpen = false;
    const own = model["cmi.core.lesson_status"];
    if (own.value === "not attempted") own.value = "completed";
    const done = mode === "browse" && own.value === "completed" ? { "cmi.core.score.raw": "0" } : {};
    return store({ "cmi.core.total_time": model["cmi.core.session_time"].value || "00:00:00", ...done });
  }),
  LMSGetValue: noted("LMSGetValue", (name) => {
    const one = isOpen ? model[name] : undefined;
    if (!one || one.mod === "w") {
      window.faults.push(`read ${name}`);
      return refuse("201") && "";
    }
    error = "0";
    return one.value;
  }),
  LMSSetValue: noted("LMSSetValue", (name, value) => {
    const one = model[name];
    if (!one || one.mod === "r") window.faults.push(`wrote ${name}`);
    if (!isOpen || !one || one.mod === "r") return refuse(isOpen ? "403" : "301");
    if (typeof value !== "string") window.faults.push(`${name} is no text`);
    if (!one.format.test(value) || window.refused?.includes(name)) return refuse("405");
    const [least, most] = one.range ?? [];
    if (one.range && !(Number(value) >= least && Number(value) <= most)) return refuse("405");
    // A number is kept as one: "100.0" is 100.
    one.value = one.range ? Number(value) : value;
    error = "0";
    return "true";
  }),
  LMSCommit: noted("LMSCommit", (said) => (said === "" && isOpen ? store() : refuse("301"))),
  LMSGetLastError: () => error,
  LMSGetErrorString: () => "",
  LMSGetDiagnostic: () => "",
};
