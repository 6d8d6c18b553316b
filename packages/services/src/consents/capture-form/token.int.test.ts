import { expect, it } from "vitest";
import { aForm, origin } from "../../../testing/forms.ts";
import { aContext, db, keys } from "../../../testing/scenes.ts";
import { createFormContext } from "./capture-form.ts";
import { isFormOrigin, issueFormToken } from "./token.ts";

const installation = { db, keys };

it("returns what an embedded form shows, with a new token each time", async () => {
  const { address } = await aForm(await aContext());
  const ctx = createFormContext(installation, address);
  const [one, other] = [
    await issueFormToken(ctx, { origin }),
    await issueFormToken(ctx, { origin }),
  ];
  expect(one).toMatchObject({ version: 1, disclosures: [{ asks: "advertising", language: "en" }] });
  expect(one.token).not.toBe(other.token);
});

it("issues no token without an origin", async () => {
  const { address } = await aForm(await aContext());
  await expect(
    issueFormToken(createFormContext(installation, address), { origin: null }),
  ).rejects.toMatchObject({ code: "forbidden", explanation: { key: "form.origin-missing" } });
});

it("issues no token to other origins, nor to members", async () => {
  const ctx = await aContext();
  const { address } = await aForm(ctx);
  const form = createFormContext(installation, address);
  await expect(issueFormToken(form, { origin: "https://evil.example" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(issueFormToken(ctx, { origin })).rejects.toMatchObject({ code: "forbidden" });
});

it("finds no form by an address of another organization", async () => {
  const [one, other] = [await aForm(await aContext()), await aForm(await aContext())];
  const mixed = `${one.address.slice(0, 32)}${other.address.slice(32)}`;
  for (const address of [mixed, "x"]) {
    const issue = async () => issueFormToken(createFormContext(installation, address), { origin });
    await expect(issue()).rejects.toMatchObject({ code: "not-found" });
  }
});

it("knows the form's origins, and no others", async () => {
  const ctx = await aContext();
  const form = createFormContext(ctx, (await aForm(ctx)).address);
  expect(await isFormOrigin(form, origin)).toBe(true);
  expect(await isFormOrigin(form, "https://evil.example")).toBe(false);
});

it("reveals nothing about forms of another organization", async () => {
  const [ctx, { organizationId }] = [await aContext(), await aContext()];
  const form = createFormContext(ctx, (await aForm(ctx)).address);
  await expect(isFormOrigin({ ...form, organizationId }, origin)).rejects.toMatchObject({
    code: "not-found",
  });
});
