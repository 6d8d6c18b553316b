import { expect, it } from "vitest";
import { aDraftForm } from "../../../testing/forms.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { requestFormCheck } from "./request-form-check.ts";

const url = "https://shop.example/contact";

it("has a page checked, and shows the run that does it already", async () => {
  const ctx = await aContext();
  const { id } = await aDraftForm(ctx, { url });
  const first = await requestFormCheck(ctx, id);
  expect(first.isNew).toBe(true);
  expect(await requestFormCheck(ctx, id)).toEqual({ runId: first.runId, isNew: false });
});

it("needs a page, an officer, and no form of another organization", async () => {
  const ctx = await aContext();
  const [{ id }, without] = [await aDraftForm(ctx, { url }), await aDraftForm(ctx)];
  await expect(requestFormCheck(ctx, without.id)).rejects.toMatchObject({ path: "/settings/url" });
  await expect(requestFormCheck(as(ctx, "agent"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(requestFormCheck(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
