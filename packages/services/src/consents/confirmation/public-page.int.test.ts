import { expect, it } from "vitest";
import { aConfirmation } from "../../../testing/confirmations.ts";
import { openConfirmation, readConfirmation } from "./public-page.ts";

it("shows the seller and the words, but not the number", async () => {
  const { ctx, link, phone } = await aConfirmation({ means: "email", isAsked: true });
  const person = await openConfirmation(ctx, link);
  const seen = await readConfirmation(person.ctx, person.confirmationId);
  expect(seen).toMatchObject({
    seller: "Acme",
    texts: [{ language: "en", text: expect.stringContaining("Acme may call me") }],
    state: "asked",
  });
  expect(JSON.stringify(seen)).not.toContain(phone.slice(-7));
});

it("shows nothing of another organization, and nothing to members", async () => {
  const asked = { means: "email", isAsked: true } as const;
  const [one, other] = [await aConfirmation(asked), await aConfirmation(asked)];
  const { ctx: stranger } = await openConfirmation(other.ctx, other.link);
  const { confirmationId } = one;
  await expect(readConfirmation(stranger, confirmationId)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readConfirmation(one.ctx, confirmationId)).rejects.toMatchObject({
    code: "forbidden",
  });
});
