/*
 * Draws a picture of core/charts.js, as it stands on the page, as a PNG: office programs do not show those of the
 * web alike.
 */

/** @typedef {{bytes: Uint8Array<ArrayBuffer>, width: number, height: number}} Picture */

const SCALE = 4;

/** @param {Element} part @param {string} name */
const number = (part, name) => Number(part.getAttribute(name));

/** The outline of a part of a picture. @param {Element} part */
function outline(part) {
  const path = new Path2D();
  if (part.localName === "circle") {
    path.arc(number(part, "cx"), number(part, "cy"), number(part, "r"), 0, 2 * Math.PI);
  } else if (part.localName === "line") {
    path.moveTo(number(part, "x1"), number(part, "y1"));
    path.lineTo(number(part, "x2"), number(part, "y2"));
  } else {
    for (const point of (part.getAttribute("points") ?? "").split(" ")) {
      const [x, y] = point.split(",").map(Number);
      path.lineTo(x, y);
    }
    path.closePath();
  }
  return path;
}

/** Draws a part with the colours and lines it has on the page. @param {CanvasRenderingContext2D} brush @param {Element} part */
function draw(brush, part) {
  const look = getComputedStyle(part);
  if (part.localName === "text") {
    brush.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
    brush.textAlign = look.textAnchor === "middle" ? "center" : look.textAnchor === "end" ? "end" : "start";
    brush.fillStyle = look.fill;
    brush.fillText(part.textContent ?? "", number(part, "x"), number(part, "y"));
    return;
  }
  const path = outline(part);
  if (look.fill !== "none" && part.localName !== "line") {
    brush.globalAlpha = Number(look.fillOpacity);
    brush.fillStyle = look.fill;
    brush.fill(path);
    brush.globalAlpha = 1;
  }
  if (look.stroke === "none") return;
  brush.lineWidth = Number.parseFloat(look.strokeWidth);
  brush.strokeStyle = look.stroke;
  brush.setLineDash((look.strokeDasharray.match(/[\d.]+/g) ?? []).map(Number));
  brush.stroke(path);
}

/**
 * Draws a picture that is on the page, as it is printed.
 *
 * @param {Element} svg
 * @returns {Picture}
 */
export function pictureOf(svg) {
  const [left, top, width, height] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * SCALE, height * SCALE];
  const brush = canvas.getContext("2d");
  if (!brush) throw new Error("the browser lends no canvas");
  brush.scale(SCALE, SCALE);
  brush.translate(-left, -top);
  for (const part of svg.children) draw(brush, part);
  // As a Blob it would come when the browser has nothing else to do, which may take a second.
  const [, packed] = canvas.toDataURL("image/png").split(",");
  return { bytes: Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0)), width, height };
}
