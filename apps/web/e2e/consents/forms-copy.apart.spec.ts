import { expect } from "@playwright/test";
import { script } from "@ringfence/capture/script";
import { aForm } from "@ringfence/services/testing/forms";
import { makeShop } from "../../testing/make-shop";
import { api } from "../platform/demos";
import { openFormScene } from "./form-scene";
import { test } from "../platform/test";

const { installation, site } = await openFormScene();
const { integrity } = script;

test("a person who consented on another site gets a copy there, and withdraws the consent", async ({
  page,
}) => {
  const ctx = await makeShop(installation);
  const { organizationId } = ctx;
  const { address } = await aForm(ctx, { origins: [site.origin] });
  const agree = async () => {
    await page.goto(site.origin);
    await expect(page.locator("form")).toHaveAttribute("data-ringfence-state", "ready");
    await page.getByLabel("Phone").fill("+1 201 555 0124");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Send" }).click();
  };
  // A page that leads on to another one passes the link on to its server.
  site.show({
    api,
    integrity,
    address,
    more: '<input type="hidden" name="copy" data-ringfence-receipt>',
  });
  const before = site.posted.length;
  await agree();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  const copy = new URLSearchParams(site.posted.slice(before)[0]).get("copy");
  expect(copy).toMatch(/^http:\/\/localhost:\d+\/agreed\/\S+$/);

  // A page that stays open shows the link.
  site.show({ api, integrity, address });
  await page.addInitScript(() =>
    document.addEventListener("submit", (sent) => sent.preventDefault()),
  );
  await agree();
  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: "What you agreed to" }).click();
  const receipt = await opened;
  await receipt.getByRole("button", { name: "Withdraw this consent" }).click();
  await expect(receipt.getByRole("heading", { name: "You withdrew your consent" })).toBeVisible();
  const events = await installation.db.prisma.consentEvent.findMany({ where: { organizationId } });
  expect(events.map(({ type }) => type).toSorted()).toEqual(["granted", "granted", "withdrawn"]);
});
