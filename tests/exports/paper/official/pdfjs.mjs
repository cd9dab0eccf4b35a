// What Firefox’s reader sees of a filled form: `node pdfjs.mjs FILE PICTURES` prints the fields,
// and draws each page as for printing.
import { readFileSync, writeFileSync } from "node:fs";
import { createCanvas } from "@napi-rs/canvas";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const [file, pictures] = process.argv.slice(2);
const fonts = new URL("./node_modules/pdfjs-dist/standard_fonts/", import.meta.url).pathname;
const data = new Uint8Array(readFileSync(file));
const pdf = await getDocument({ data, verbosity: 0, standardFontDataUrl: fonts }).promise;
const values = {};
for (let number = 1; number <= pdf.numPages; number += 1) {
  const page = await pdf.getPage(number);
  for (const one of await page.getAnnotations({ intent: "print" })) {
    if (one.subtype === "Widget") values[one.fieldName] = one.fieldValue ?? "";
  }
  const viewport = page.getViewport({ scale: 2 });
  const canvas = createCanvas(viewport.width, viewport.height);
  const canvasContext = canvas.getContext("2d");
  await page.render({ canvasContext, viewport, intent: "print" }).promise;
  writeFileSync(`${pictures}-${number}.png`, canvas.toBuffer("image/png"));
}
console.log(JSON.stringify(values));
