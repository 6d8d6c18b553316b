import { expect, it } from "vitest";
import { hasTransactionId } from "../../../testing/has-transaction-id.ts";
import { aContext } from "../../../testing/scenes.ts";
import { inTransaction } from "../../platform/internal.ts";
import { markAllReceived, markReceived } from "./inbound.ts";

it("lets a repeated message wait for a standby, like the first one", async () => {
  const ctx = await aContext();
  const message = { provider: "twilio", externalId: "SM1" };
  await inTransaction(ctx, (tx) => markReceived(tx, message));

  const repeat = async (work: Parameters<typeof inTransaction<unknown>>[1]) =>
    inTransaction(ctx, async (tx) => [await work(tx), await hasTransactionId(tx)]);

  expect(await repeat((tx) => markReceived(tx, message))).toEqual([false, true]);
  const all = { provider: "twilio", externalIds: ["SM1"] };
  expect(await repeat((tx) => markAllReceived(tx, all))).toEqual([new Set(), true]);
  const none = { provider: "twilio", externalIds: [] };
  expect(await repeat((tx) => markAllReceived(tx, none))).toEqual([new Set(), false]);
});
