import { origin } from "@ringfence/services/testing/forms";
import { expect, it } from "vitest";
import { openForms } from "../../testing/forms.ts";
import { aListeningServer } from "../../testing/listening.ts";

const { url } = await aListeningServer();
const { ask, scene } = openForms(url);

it("refuses requests without an origin, both for a token and with one", async () => {
  const { form, issue, fill, events } = await scene();
  const refusal = { status: 403, answer: { detail: expect.stringContaining("Origin") } };
  expect(await issue(null)).toMatchObject(refusal);
  expect(await ask(`${form}/submissions`, await fill(), null)).toMatchObject(refusal);
  expect(await events()).toEqual([]);
});

it("refuses requests without an origin even if the form is only on our hosted page", async () => {
  const { issue } = await scene({ origins: [] });
  expect(await issue(null)).toMatchObject({ status: 403 });
});

it("refuses a token from another origin or another form", async () => {
  const second = "https://second.example";
  const { form, fill, events } = await scene({ origins: [origin, second] });
  const moved = await ask(`${form}/submissions`, await fill(), second);
  expect([moved.status, moved.answer.errors[0].path]).toEqual([422, "/token"]);
  const other = await scene();
  const swapped = await ask(`${form}/submissions`, await other.fill());
  expect([swapped.status, swapped.answer.errors[0].path]).toEqual([422, "/token"]);
  expect(await events()).toEqual([]);
});

it.each(["https://evil.example/", "http://shop.example/", "https://shop.example:8443/"])(
  "refuses a page at %s, which is not the origin of its token",
  async (address) => {
    const { form, fill, events } = await scene();
    const body = await fill();
    const page = { ...body.page, url: address };
    const answer = await ask(`${form}/submissions`, { ...body, page });
    expect([answer.status, answer.answer.errors[0].path]).toEqual([422, "/page/url"]);
    expect(await events()).toEqual([]);
  },
);

it("accepts a page with a long text", async () => {
  const { form, fill, events } = await scene();
  const body = await fill();
  const page = { ...body.page, text: "Words of the form. ".repeat(1_200) };
  expect(await ask(`${form}/submissions`, { ...body, page })).toMatchObject({ status: 202 });
  expect(await events()).toHaveLength(1);
});
