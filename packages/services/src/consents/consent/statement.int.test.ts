import { expect, it } from "vitest";
import { aConsent, aContext } from "../../../testing/scenes.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import { recordConsent } from "./record.ts";

it("states no form of ours for a consent that another system says came by one", async () => {
  const ctx = await aContext();
  const placement = { type: "hosted", origin: "https://rf.example" };
  await recordConsent(ctx, aConsent({ evidence: { act: "ticked", placement } }));
  const [{ claims } = { claims: {} }] = await openPhoneStatements(ctx);
  expect(claims).toMatchObject({ evidence: { placement } });
  expect(claims).not.toHaveProperty("placement");
});
