import { expect, it } from "vitest";
import { describeClaims } from "./describe-claims.ts";

const hash = "a".repeat(64);

it("formats an instant, and returns other text unchanged", () => {
  const values = ["2026-04-01T09:00:00.000Z", "yesterday"].map(
    (at) => describeClaims("en", { at })[0]?.value,
  );
  expect(values).toEqual(["1 Apr 2026, 09:00:00 UTC", "yesterday"]);
});

it.each([
  ["a file of ours by its hash", `sha256:${hash}`, `file with the SHA-256 ${hash}`],
  ["where somebody else keeps it", "calls/2026-05-12.ogg", "calls/2026-05-12.ogg"],
  ["a text that only begins like a hash", "sha256:abc", "sha256:abc"],
])("tells of a recording and of a scan %s", (_, stated, value) => {
  expect(describeClaims("en", { recording: stated, scan: stated })).toEqual([
    { claim: "recording", label: "Recording", value },
    { claim: "scan", label: "Scan", value },
  ]);
});
