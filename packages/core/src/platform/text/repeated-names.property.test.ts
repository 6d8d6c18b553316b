import fc from "fast-check";
import { expect, it } from "vitest";
import { hasRepeatedNames } from "./repeated-names.ts";

const isRepeated = (json: string) => hasRepeatedNames(json, JSON.parse(json));

it("finds no repeated name in the output of JSON.stringify", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), fc.nat(4), (json, indent) => {
      const written = JSON.stringify(JSON.parse(json), null, indent);
      expect(isRepeated(written)).toBe(false);
    }),
  );
});

it("finds a repeated name at any depth and in any spelling", () => {
  const name = fc.string({ minLength: 1 }).filter((text) => text !== "__proto__");
  fc.assert(
    fc.property(name, fc.jsonValue(), fc.jsonValue(), (name, one, other) => {
      const spelled = Array.from(
        { length: name.length },
        (_, at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, "0")}`,
      ).join("");
      const [first, second] = [JSON.stringify(name), `"${spelled}"`];
      const twice = `{${first}: ${JSON.stringify(one)}, ${second} :${JSON.stringify(other)}}`;
      expect(isRepeated(twice)).toBe(true);
      expect(isRepeated(`[1, {"a": [${twice}]}]`)).toBe(true);
    }),
  );
});

it.each(['"a\\":"', '["a:", "b\\\\"]', '{"a": "b\\":\\"c", "c": ": :"}', "1", "[]", "{}"])(
  "does not mistake a text for a name: %s",
  (json) => {
    expect(isRepeated(json)).toBe(false);
  },
);
