import { expect, it } from "vitest";
import { aDisclosure } from "../../../testing/forms.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { readDisclosure } from "./read-disclosure.ts";

it("shows its versions to who may read them", async () => {
  const ctx = await aContext();
  const { id, text } = await aDisclosure(ctx);
  expect(await readDisclosure(as(ctx, "agent"), id)).toMatchObject({
    id,
    draft: null,
    versions: [{ version: 1, text, terms: { purposes: ["marketing"] } }],
  });
});

it("is not for developers, nor does it show one of another organization", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  await expect(readDisclosure(as(ctx, "developer"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readDisclosure(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
