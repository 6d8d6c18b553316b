import fc from "fast-check";
import { expect, it } from "vitest";
import { noisy, someRegion, validDigits } from "../../../testing/phones.ts";
import { readPhoneBytes, toDigits } from "../phone/index.ts";
import { detectDialect } from "./dialect.ts";
import { previewFile } from "./preview-file.ts";
import { createRowBatch, readRows } from "./read-rows.ts";

const cell = fc.oneof(
  validDigits.chain((digits) => noisy(`+${digits}`)),
  validDigits.chain((digits) => noisy(digits.slice(1))),
  fc.stringMatching(/^[a-z0-9 .()+-]{0,12}$/),
);
/** A quote that opens a field and is not closed would take the rows behind it into the field. */
const asField = (text: string) =>
  /[";\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

it("reads every number as the scrub of the file will", () => {
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.nat({ max: 2 }), someRegion, (rows, column, region) => {
      const text = rows.map((row) => `${row.map(asField).join(";")};\n`).join("");
      const bytes = new TextEncoder().encode(text);
      const batch = createRowBatch(rows.length);
      const options = { ...detectDialect(bytes, true), column, isLast: true };
      readRows(bytes, 0, bytes.length, options, batch);
      const scrubbed = rows.map((_, row) =>
        readPhoneBytes(bytes, batch.fieldStart[row] ?? 0, batch.fieldEnd[row] ?? 0, region),
      );

      const shown = previewFile(bytes, true, { header: false, phoneColumn: column, region });

      if ("fault" in shown) throw new Error(shown.fault.key);
      expect(
        shown.rows.map(({ reading }) =>
          reading && "phone" in reading ? toDigits(reading.phone) : 0,
        ),
      ).toEqual(scrubbed);
    }),
  );
});
