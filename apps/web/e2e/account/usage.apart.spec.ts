import { setDailyRows } from "@ringfence/services/account/organization";
import { expect } from "@playwright/test";
import { settle } from "../platform/demo";
import { exampleGroup } from "../platform/example-group";
import { expectReadableAnywhere, sameColors } from "../platform/looks";
import { test } from "../platform/test";

const { installation, organizationId, signedInPage } = exampleGroup();

const words = {
  en: {
    today: "Today",
    used: "3 of 4 rows of scrubs and imports",
    left: /^1 row is left today/,
    usedUp: /^The limit is reached/,
    byDay: "By day",
    asTable: /Single screenings by day/,
    caption: "Usage by day, newest first",
  },
  ru: {
    today: "Сегодня",
    used: "Строки проверки и импорта: 3 из 4",
    left: /^Осталась 1 строка/,
    usedUp: /^Лимит исчерпан/,
    byDay: "По дням",
    asTable: /Отдельные проверки по дням/,
    caption: "Использование по дням, сначала новые",
  },
} as const;

/** Records a scrub of today that has worked on three rows. */
async function startScrubOfThreeRows() {
  const { prisma } = installation.db;
  const [id, createdAt] = [crypto.randomUUID(), new Date()];
  const own = { organizationId: organizationId(), createdAt };
  const settings = { purpose: "marketing.loans" };
  await prisma.scrub.create({
    data: { ...own, id, fileName: "list.csv", bytes: 48_000, settings, actor: {} },
  });
  const progress = { rows: 3, bytes: 48_000 };
  await prisma.run.create({ data: { ...own, job: "scrub.run", subjectId: id, progress } });
}

for (const language of ["en", "ru"] as const) {
  test(`an officer sees how much of the limit is left, and the use of each day, in ${language}`, async ({
    browser,
  }) => {
    const said = words[language];
    if (language === "en") await startScrubOfThreeRows();
    await setDailyRows(installation.db, organizationId(), 4);
    const page = await signedInPage(browser, "officer", "/");
    await settle(page, { locale: language });
    try {
      await page.goto("/usage");
      const today = page.getByRole("region", { name: said.today });
      await expect(today.getByRole("progressbar", { name: said.used })).toBeVisible();
      await expect(today.getByText(said.left)).toBeVisible();
      const newest = page.getByRole("table", { name: said.caption }).locator("tbody tr").first();
      await expect(newest.locator("td")).toContainText([/\d/, /\d/, "3", "48"]);
      await expect(page.getByRole("img", { name: /./ })).toHaveCount(2);
      await expectReadableAnywhere(page, `the usage, ${language}`, sameColors);

      await setDailyRows(installation.db, organizationId(), 3);
      await page.reload();
      await expect(today.getByText(said.usedUp)).toBeVisible();
    } finally {
      await settle(page, { locale: "en" });
      await page.close();
    }
  });
}
