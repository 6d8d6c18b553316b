import { expect, it } from "vitest";
import {
  RECOVERY_BYTES,
  readAuthenticatorCode,
  readRecoveryCode,
  writeRecoveryCode,
} from "./second-factor.ts";

it.each([
  ["123456", "123456"],
  [" 123 456 ", "123456"],
  ["123-456", "123456"],
  ["12345", null],
  ["1234567", null],
  ["12345a", null],
])("reads the authenticator code %j as %j", (typed, code) => {
  expect(readAuthenticatorCode(typed)).toBe(code);
});

it("writes a recovery code that it reads again, in capitals and with spaces too", () => {
  const code = writeRecoveryCode(Uint8Array.from({ length: RECOVERY_BYTES }, (_, i) => i * 25));
  expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);
  const letters = code.replace("-", "");
  expect(readRecoveryCode(code)).toBe(letters);
  expect(readRecoveryCode(` ${code.toUpperCase().replace("-", " ")} `)).toBe(letters);
});

it.each(["", "123456", "abcde-fghi", "abcde-fghjkm", "abcde-fghi1", "абвгд-ежзик"])(
  "reads %j as no recovery code",
  (typed) => {
    expect(readRecoveryCode(typed)).toBeNull();
  },
);

it("uses every letter equally often", () => {
  const letters = Array.from({ length: 256 }, (_, byte) =>
    writeRecoveryCode(new Uint8Array(RECOVERY_BYTES).fill(byte)).charAt(0),
  );
  const counts = Map.groupBy(letters, (letter) => letter);
  expect([...counts.values()].map(({ length }) => length)).toEqual(Array(32).fill(8));
});
