import { expect } from "@playwright/test";
import { openInstallation } from "../testing/open-installation";
import { pageOf } from "./demo";
import { expectReadable } from "./looks";
import { test } from "./test";

const { db } = openInstallation();
test.afterAll(() => db.close());

/** As if sixty more had come from the same address in this minute. */
async function sixtyMore() {
  const orderBy = { id: "desc" } as const;
  const last = await db.prisma.anonymousRefusal.findFirstOrThrow({ orderBy });
  const [{ now }] = await db.prisma.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  const { organizationId, addressKey, isNew, hasProof } = last;
  const data = { organizationId, addressKey, isNew, hasProof, receivedAt: now };
  await db.prisma.anonymousRefusal.createMany({ data: Array.from({ length: 60 }, () => data) });
}

test("a script floods the public page; two officers find it, and lift what no person said", async ({
  browser,
  request,
}) => {
  test.slow();
  const officer = await pageOf(browser, "officer", "/opt-outs");
  const stop = await officer.getByRole("link", { name: "your stop page" }).getAttribute("href");
  const numbers = ["+12065551000", "+12065551001", "+12065551002"];
  const [first = "", ...others] = numbers;
  const refuse = (phone: string) =>
    request.post(`${stop}/refuse`, { form: { phone, whole: "true" }, maxRedirects: 0 });
  await refuse(first);
  await sixtyMore();
  for (const phone of others) await refuse(phone);
  // One of them is a person, who tells an agent as well.
  const agent = await pageOf(browser, "officer", "/opt-outs/new");
  await agent.getByRole("textbox", { name: "Phone" }).fill(first);
  await agent.getByRole("button", { name: "Put on record" }).click();
  await expect(agent.getByText(/^Reference [0-9A-Z]{8}$/)).toBeVisible();

  await officer.goto("/");
  await officer.getByRole("link", { name: "See bursts" }).first().click();
  await officer.getByRole("table").getByRole("link").first().click();
  await expect(officer.getByRole("heading", { name: "Burst of refusals" })).toBeVisible();
  await expectReadable(officer);
  await officer.getByRole("button", { name: "Ask another officer" }).click();
  await expect(officer.getByText(/^Say how you know/)).toBeVisible();
  await officer
    .getByRole("textbox", { name: "How do you know?" })
    .fill("The numbers come in sequence.");
  await officer.getByRole("button", { name: "Ask another officer" }).click();
  const accept = /Accept: lift these/;
  await expect(officer.getByRole("button", { name: accept })).toHaveAccessibleDescription(
    "You proposed this, so another person has to accept it.",
  );

  const owner = await pageOf(browser, "owner", new URL(officer.url()).pathname);
  await owner.getByRole("button", { name: accept }).click();
  await expect(owner.getByRole("heading", { name: /^Accepted/ })).toBeVisible();
  await expect(async () => {
    await owner.reload();
    const lifted = owner.getByRole("group").filter({ hasText: /^Lifted/ });
    await expect(lifted).toContainText("2", { timeout: 1_000 });
  }).toPass();
  const person = owner.getByRole("row").filter({ hasText: "+1 206 555-1000" });
  await expect(person).toContainText("It was said again");
  await expectReadable(owner);
});
