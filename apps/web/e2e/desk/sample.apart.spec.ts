import { expect, type Page } from "@playwright/test";
import { settle } from "../platform/demo";
import { exampleGroup } from "../platform/example-group";
import { expectReadableAnywhere, sameColors } from "../platform/looks";
import { test } from "../platform/test";

const { signedInPage } = exampleGroup();

const words = {
  en: {
    kind: "Records",
    consents: "Consents",
    seed: "Seed",
    draw: "Draw sample",
    certificate: "Certificate",
    genuine: "Genuine",
    trail: /drew an audit sample/,
  },
  ru: {
    kind: "Записи",
    consents: "Согласия",
    seed: "Начальное слово",
    draw: "Сделать выборку",
    certificate: "Сертификат",
    genuine: "Подлинно",
    trail: /выборка для аудита/,
  },
} as const;

const listIds = (page: Page) => page.locator("tbody code").allInnerTexts();

for (const language of ["en", "ru"] as const) {
  test(
    `an auditor draws a sample by a seed and verifies a record of it, in ${language}`,
    { tag: "@persona" },
    async ({ browser }) => {
      const said = words[language];
      const page = await signedInPage(browser, "auditor", "/");
      await settle(page, { locale: language });
      try {
        await page.goto("/sample");
        await page.getByLabel(said.kind).selectOption({ label: said.consents });
        await page.getByLabel(said.seed).fill("the tide table of 1 December");
        await page.getByRole("button", { name: said.draw }).click();
        await expect(page.getByRole("status")).toContainText(/\d/);
        const ids = await listIds(page);
        expect(ids.length).toBeGreaterThan(0);
        await expectReadableAnywhere(
          page,
          `a sample, ${language}`,
          language === "en" ? undefined : sameColors,
        );
        await page.reload(); // the same seed draws the same
        expect(await listIds(page)).toEqual(ids);

        await page.getByRole("link", { name: said.certificate }).first().click();
        await expect(page.getByRole("heading", { level: 1, name: said.certificate })).toBeVisible();
        // The log includes it within seconds.
        await expect(async () => {
          await page.reload();
          await expect(page.getByRole("status")).toContainText(said.genuine, { timeout: 500 });
        }).toPass();
        await page.goto("/audit");
        await expect(page.locator("tbody").getByText(said.trail).first()).toBeVisible();
      } finally {
        await settle(page, { locale: "en" });
      }
    },
  );
}

test("an auditor finds a screening and a call in their lists", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/screenings");
  await expect(page.getByRole("heading", { level: 1, name: "Screenings" })).toBeVisible();
  await expectReadableAnywhere(page, "screenings");
  await page.goto("/calls");
  await expect(page.getByRole("heading", { level: 1, name: "Calls" })).toBeVisible();
  await expectReadableAnywhere(page, "calls");
});
