import { expect } from "@playwright/test";
import { type KeyUseLog, createKeyUseLog } from "@ringfence/services/account/api-key";
import { makeCaller, makeMember } from "../../testing/make-caller";
import { openInstallation } from "../../testing/open-installation";
import { settle, signInAs } from "../platform/demo";
import { api } from "../platform/demos";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
test.afterAll(() => installation.db.close());

/** The API writes uses down once a minute. */
const A_MINUTE = { timeout: 75_000 };

const report = (error: unknown) => expect(error).toBeUndefined();

/** Records a use of a key, as another process of the API does when it stops. */
async function recordUse(use: Parameters<KeyUseLog["note"]>[0]) {
  const uses = createKeyUseLog(installation.db, { now: () => performance.now(), report });
  uses.note(use);
  await uses.close();
}

test("an owner sees when a key was last used, and confirms a network from which it was not used before", async ({
  browser,
}) => {
  test.slow();
  const { apiKeyId, key, organizationId } = await makeCaller(installation);
  const owner = await makeMember({ ...installation, organizationId }, "owner");
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, owner, "/keys");
  const row = page.getByRole("row", { name: /Dialer/ });
  await expect(row).toContainText("Never used.");
  await recordUse({ organizationId, apiKeyId, address: "198.51.100.7" });
  await page.reload();
  await expect(row).toContainText("from 198.51.100.7");
  await expect(row).not.toContainText("Used from a new network");

  const answer = await page.request.post(`${api}/v1/screenings`, {
    headers: { authorization: `Bearer ${key}`, "x-forwarded-for": "203.0.113.9, 127.0.0.1" },
    data: { phone: "+12015550123", purpose: "marketing" },
  });
  expect(answer.status()).toBe(200);
  await expect(async () => {
    await page.reload();
    const alarm = "Used from a new network: 203.0.113.9.";
    await expect(row).toContainText(alarm, { timeout: 2_000 });
  }).toPass(A_MINUTE);
  await expect(row).toContainText("from 203.0.113.9");
  await expectReadableAnywhere(page, "a key that was used from a new network");
  await page.goto("/");
  await expect(page.getByText("An API key was used from a new network")).toBeVisible();
  await settle(page, { locale: "ru" });
  await page.reload();
  await expect(page.getByText("1 ключ API использован из новой сети")).toBeVisible();
  await page.goto("/keys");
  await expect(row).toContainText("Использован из новой сети: 203.0.113.9.");
  await row.getByRole("button", { name: "Подтвердить сети" }).click();
  await expect(row).not.toContainText("Использован из новой сети");
  await expect(row).toContainText("сеть 203.0.113.9");
  await page.goto("/");
  await expect(page.getByText("1 ключ API использован из новой сети")).toHaveCount(0);
});
