import { expect } from "@playwright/test";
import { OrganizationId } from "@ringfence/core/ids";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import { openInstallation } from "../../testing/open-installation";
import { test } from "../platform/test";

const { db } = openInstallation();
test.afterAll(() => db.close());

/** Creates the public page of a separate organization. */
async function scene() {
  const { id } = await db.prisma.organization.create({
    data: {
      name: "Example",
      homeRegion: "RU",
      zone: "Europe/Moscow",
      sellers: { create: { key: "bank", name: "Example Bank", sector: "other" } },
    },
  });
  const organizationId = OrganizationId.parse(id);
  const optOuts = () =>
    db.prisma.optOut.findMany({
      where: { organizationId },
      include: { phone: true, anonymous: true },
      orderBy: { id: "asc" },
    });
  /** Counts sixty more requests from the same address in this minute. */
  const many = async () => {
    const { prisma } = db;
    const last = await prisma.anonymousRefusal.findFirstOrThrow({ where: { organizationId } });
    const [{ now }] = await prisma.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
    const { addressKey, isNew, hasProof } = last;
    const data = { organizationId, addressKey, isNew, hasProof, receivedAt: now };
    await prisma.anonymousRefusal.createMany({ data: Array.from({ length: 60 }, () => data) });
  };
  return { optOuts, many, address: `/stop/${formatPublicAddress(organizationId)}` };
}

test("the proof of work is done while typing, and an opt-out without it still counts", async ({
  browser,
}) => {
  const { address, optOuts } = await scene();
  const page = await (await browser.newContext({ locale: "en-US" })).newPage();
  await page.goto(address);
  await expect(page.locator("[name=nonce]")).toHaveValue(/^\d+$/);
  await page.getByLabel("Your phone number").fill("+79990000021");
  await page.getByRole("button", { name: "Stop all calls" }).click();
  await expect(page.getByText("In force since")).toBeVisible();

  // The page's clock stands still, so its proof of work does not finish.
  await page.clock.install();
  await page.goto(address);
  await page.getByLabel("Your phone number").fill("+79990000022");
  await page.clock.pauseAt(Date.now() + 60_000);
  await expect(page.locator("[name=challenge]")).toHaveValue(/^\S+$/);
  await page.locator("[name=nonce]").evaluate((field: HTMLInputElement) => (field.value = ""));
  await page.getByRole("button", { name: "Stop all calls" }).click();
  await expect(page.getByText("In force since")).toBeVisible();
  const rows = await optOuts();
  expect(rows.map(({ anonymous: [refusal] }) => refusal?.hasProof)).toEqual([true, false]);
  await page.context().close();
});

test("no opt-out is lost, however often somebody sends one", async ({ request }) => {
  const { address, optOuts, many } = await scene();
  const refuse = async (phone: string) => {
    const form = { phone, whole: "true" };
    const answer = await request.post(`${address}/refuse`, { form, maxRedirects: 0 });
    return (answer.headers().location ?? "").replace(/[\w-]{56}$/, "…");
  };
  const numbers = ["+79990000101", "+79990000102", "+79990000103"];
  const [first = "", ...others] = numbers;
  expect(await refuse(first)).toBe("/r/…");
  await many();
  for (const phone of others) expect(await refuse(phone)).toBe(`${address}/done`);
  const refused = new Set((await optOuts()).map(({ phone }) => phone.e164));
  expect(refused).toEqual(new Set(numbers));
});

test("a form that is far too long is rejected, and says that nothing is on record", async ({
  request,
}) => {
  const { address, optOuts } = await scene();
  const headers = { "content-type": "application/x-www-form-urlencoded", "accept-language": "en" };
  const data = Buffer.alloc(20 * 1024 * 1024, "phone=%2B79990000023&");
  const answer = await request.post(`${address}/refuse`, { data, headers });
  expect(answer.status()).toBe(413);
  expect(await answer.text()).toContain("Your opt-out is not recorded yet");
  expect(await optOuts()).toEqual([]);
});
