import { expect, it } from "vitest";
import { type Message, StoredMessage, fromStoredMessage, toStoredMessage } from "./message.ts";
import { say } from "./say.ts";

it("restores a stored message unchanged", () => {
  const stored = toStoredMessage({
    key: "refusal.opted-out",
    values: { since: new Date(0), scope: "all" },
  });
  const kept: unknown = JSON.parse(JSON.stringify(stored));
  expect(StoredMessage.parse(kept)).toEqual({
    key: "refusal.opted-out",
    values: { since: "1970-01-01T00:00:00.000Z", scope: "all" },
  });
  expect(StoredMessage.parse(toStoredMessage({ key: "error.bug" }))).toEqual({
    key: "error.bug",
    values: {},
  });
});

it("formats a stored message as it formatted the original, including instants", () => {
  const values = { since: new Date(0), scope: "purpose", purpose: "marketing" };
  const message: Message = { key: "refusal.opted-out", values };
  expect(say("en", fromStoredMessage(toStoredMessage(message)))).toBe(say("en", message));
});

it("rejects a stored key that has no text", () => {
  expect(StoredMessage.safeParse({ key: "toString", values: {} }).success).toBe(false);
});
