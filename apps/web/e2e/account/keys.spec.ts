import { type Page, expect } from "@playwright/test";
import { toLastDay } from "@ringfence/core/account/api-key";
import { DAY_MS } from "@ringfence/core/platform/time";
import { defaultSettings, settle, signedInPage } from "../platform/demo";
import { api } from "../platform/demos";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const inThreeDays = new Date(Date.now() + 3 * DAY_MS);

/** Asks the API for opt-outs with the secret of a key. */
const askWith = (page: Page, secret: string) =>
  page.request.get(`${api}/v1/opt-outs?limit=1`, {
    headers: { authorization: `Bearer ${secret}` },
  });

test(
  "an owner creates a key that works for a program until it is revoked",
  { tag: "@persona" },
  async ({ browser }) => {
    const page = await signedInPage(browser, "owner", "/keys");
    await page.getByRole("link", { name: "Create a key" }).click();
    await page.getByRole("heading", { name: "Create a key" }).waitFor();
    await page.getByRole("button", { name: "Create key" }).click();
    await expect(page.getByText("Enter a name of at most 100 visible characters.")).toBeVisible();
    await expect(page.getByText("Enter a purpose.")).toBeVisible();
    await expect(page.getByText("Choose at least one permission.")).toBeVisible();
    await expectReadable(page);

    await page.getByRole("textbox", { name: "Name" }).fill("Dialer South");
    await page.getByRole("textbox", { name: "Purpose" }).fill("Keeps its own list of refusals.");
    await page.getByRole("checkbox", { name: "read opt-outs" }).check();
    await page.getByRole("textbox", { name: "Last day" }).fill("2020-01-01");
    await page.getByText("Allowed addresses").first().click();
    await page.getByRole("textbox", { name: "Allowed addresses" }).fill("127.0.0.0/8, the office");
    await page.getByRole("button", { name: "Create key" }).click();
    await expect(page.getByText("Enter IP addresses or networks (CIDR)")).toBeVisible();
    await page.getByRole("textbox", { name: "Allowed addresses" }).fill("127.0.0.1/8");
    await page.getByRole("button", { name: "Create key" }).click();
    await expect(page.getByText("This day is over. Enter today or a later day.")).toBeVisible();
    await expectReadable(page);

    await page.getByRole("textbox", { name: "Last day" }).fill("2999-12-31");
    await page.getByRole("button", { name: "Create key" }).click();
    const key = await page.getByText(/^rf_[0-9a-f]{32}_[0-9a-f]{64}$/).innerText();
    await expect(page.getByRole("region", { name: "First request" })).toContainText(
      `curl "${api}/v1/opt-outs?limit=1" \\\n  -H "Authorization: Bearer ${key}"`,
    );
    await expect(page.getByRole("link", { name: "API reference" })).toHaveAttribute(
      "href",
      `${api}/docs`,
    );
    await expectReadableAnywhere(page, "a key that was created");

    await page.getByRole("link", { name: "View all keys" }).click();
    const row = page.getByRole("row", { name: /Dialer South/ });
    await expect(row).toContainText("read opt-outs");
    await expect(row).toContainText("Keeps its own list of refusals.");
    await expect(row).toContainText("Only from 127.0.0.0/8.");
    await expect(row).toContainText("Never used.");
    await expect(page.getByText(key)).toHaveCount(0);
    const ask = () => askWith(page, key);
    expect((await ask()).status()).toBe(200);

    await row.getByRole("button", { name: "Change limits" }).click();
    const limits = page.getByRole("dialog", { name: "Limits of “Dialer South”" });
    await expect(limits.getByLabel("Last day")).toHaveValue("2999-12-31");
    await expectReadableAnywhere(page, "the limits of a key");
    await limits.getByLabel("Allowed addresses").fill("203.0.113.7\n2001:db8::/48");
    await limits.getByRole("button", { name: "Save" }).click();
    await expect(row).toContainText("Only from 203.0.113.7 and 2001:db8::/48.");
    expect((await ask()).status()).toBe(401);
    await row.getByRole("button", { name: "Change limits" }).click();
    await limits.getByLabel("Allowed addresses").fill("");
    await limits.getByLabel("Last day").fill("");
    await limits.getByRole("button", { name: "Save" }).click();
    await expect(row).toContainText("No expiry date.");
    expect((await ask()).status()).toBe(200);

    await row.getByRole("button", { name: "Rotate “Dialer South”" }).click();
    const rotation = page.getByRole("alertdialog", { name: "New secret for “Dialer South”" });
    await expectReadableAnywhere(page, "the choice of an overlap");
    await rotation.getByLabel("Keep the previous secret working for").selectOption("7 days");
    await rotation.getByRole("button", { name: "Rotate" }).click();
    const next = await rotation.getByText(/^rf_[0-9a-f]{32}_[0-9a-f]{64}$/).innerText();
    await rotation.getByRole("button", { name: "Close" }).click();
    await expect(row).toContainText(/The previous secret works until .* \(in (7|6) days\)/);
    const askNext = () => askWith(page, next);
    expect([(await ask()).status(), (await askNext()).status()]).toEqual([200, 200]);
    await row.getByRole("button", { name: "Stop previous secret" }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: "Stop previous secret" })
      .click();
    await expect(row).not.toContainText("The previous secret");
    expect([(await ask()).status(), (await askNext()).status()]).toEqual([401, 200]);

    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
    await expect(row).toContainText("revoked");
    expect((await askNext()).status()).toBe(401);
  },
);

test("an owner reads in Russian until when keys work, and from where", async ({ browser }) => {
  const page = await signedInPage(browser, "owner");
  await settle(page, { locale: "ru" });
  await page.goto("/keys/new");
  await page.getByRole("textbox", { name: "Название" }).fill("Набор Юг");
  await page.getByRole("textbox", { name: "Назначение" }).fill("Проверяет звонки банка.");
  await page.getByRole("checkbox", { name: "проверять звонки" }).check();
  await page.getByText("Разрешённые адреса").first().click();
  await page.getByRole("textbox", { name: "Разрешённые адреса" }).fill("203.0.113.0/24");
  await page.getByRole("textbox", { name: "Последний день" }).fill(toLastDay(inThreeDays));
  await page.getByRole("button", { name: "Создать ключ" }).click();
  await page.getByRole("link", { name: "Все ключи" }).click();
  const row = page.getByRole("row", { name: /Набор Юг/ });
  await expect(row).toContainText("Действует до");
  await expect(row).toContainText("Ещё не использован.");
  await expect(row).toContainText("Только с адресов 203.0.113.0/24.");
  await expectReadable(page);

  await row.getByRole("button", { name: "Сменить секрет ключа «Набор Юг»" }).click();
  const rotation = page.getByRole("alertdialog", { name: "Новый секрет ключа «Набор Юг»" });
  await rotation.getByRole("button", { name: "Сменить секрет" }).click();
  await expect(rotation.getByText("Новый ключ", { exact: true })).toBeVisible();
  await rotation.getByRole("button", { name: "Закрыть" }).click();
  await expect(row).toContainText("Прежний секрет действует до");

  await page.goto("/");
  await expect(page.getByText("Скоро истекает срок 1 ключа API")).toBeVisible();
  await page.goto("/keys");
  await row.getByRole("button", { name: "Отозвать" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Отозвать" }).click();
  await expect(row).toContainText("отозван");
  await settle(page, defaultSettings);
});

test("an auditor sees the keys, and why they may not create one", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/keys");
  await expect(page.getByRole("row", { name: /Dialer South/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Create a key" })).toHaveCount(0);
});
