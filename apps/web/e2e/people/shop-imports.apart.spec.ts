import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { makeMember } from "../../testing/make-caller";
import { makeShop } from "../../testing/make-shop";
import { openInstallation } from "../../testing/open-installation";
import { signInAs } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
test.afterAll(() => installation.db.close());

type Export = {
  shop: string;
  lines: string[];
  /** A column that no export of the shop has, and the field to map it to. */
  byHand?: [column: string, field: string];
  /** Expected remarks by row number. */
  bad: Record<number, RegExp>;
  good: { rows: number; orders: number };
};

const exports: Export[] = [
  {
    shop: "Shopify",
    lines: [
      "Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Phone",
      "#1001,ada@example.org,paid,45.00,2026-03-01 12:34:56 -0500,2,Spade,10.00,Ada Lovelace,+12025550111",
      "#1001,ada@example.org,,,2026-03-01 12:34:56 -0500,1,Rake,25.00,,",
      "#1002,bo@example.org,paid,5.00,2026-03-02 09:00:00 -0500,1,Pen,5.00,Bo,call me",
      "#1003,cy@example.org,paid,5.00,2026-03-02 09:00:00 -0500,1,Pen,5.00,Cy,+12025550112",
      "#1004,di@example.org,paid,5.00,soon,1,Pen,5.00,Di,+12025550113",
    ],
    bad: { 4: /Phone: Write the number in digits/, 6: /Created at|When|soon/ },
    good: { rows: 3, orders: 2 },
  },
  {
    shop: "WooCommerce",
    lines: [
      "Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Phone (Billing),Order Total Amount,SKU,Item Name,Quantity (- Refund),Item Cost,Category",
      "501,Completed,2026-03-01 12:34,Ed,Poe,ed@example.org,+12025550114,30.00,sp-1,Spade,1,30.00,Garden",
      "502,Cancelled,2026-03-01 12:34,Flo,Peep,flo@example.org,+12025550115,30.00,sp-1,Spade,1,30.00,Garden",
      "503,Completed,2026-03-01 12:34,Gus,Roe,gus@example.org,+12025550116,much,sp-1,Spade,1,30.00,Garden",
    ],
    bad: { 3: /Cancelled/, 4: /Amount|amount|much/ },
    good: { rows: 1, orders: 1 },
  },
  {
    shop: "1C",
    lines: [
      "Номер;Дата;Клиент;Телефон;Номенклатура;Количество;Цена;Итого",
      "УТ-01;01.03.2026 10:00:00;Лавлейс Ада;+79161234567;Лопата;2;150,00;320,00",
      "УТ-01;01.03.2026 10:00:00;Лавлейс Ада;+79161234567;Ручка;1;20,00;320,00",
      "УТ-02;31.02.2026 10:00:00;Пип Бо;+79161234568;Ручка;1;20,00;20,00",
    ],
    byHand: ["Итого", "amount"],
    bad: { 4: /31\.02\.2026|day|Дата/ },
    good: { rows: 2, orders: 1 },
  },
  {
    shop: "Bitrix24",
    lines: [
      "ID;Стадия сделки;Сумма;Дата завершения;Контакт: ID;Контакт;Контакт: Мобильный телефон;Товар;Количество;Цена",
      "71;Сделка успешна;1 234,50;01.03.2026;9;Ада Лавлейс;+79161234569;Вклад;1;1 234,50",
      "72;Сделка провалена;99;01.03.2026;10;Бо Пип;+79161234570;Вклад;1;99",
    ],
    bad: { 3: /Сделка провалена/ },
    good: { rows: 1, orders: 1 },
  },
];

/** Uploads a file and checks how it would be read. */
async function send(page: Page, { shop, lines, byHand }: Export) {
  await page.goto("/imports/new");
  await page.getByRole("radio", { name: /^Purchases and other activities/ }).check();
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: `${shop}.csv`,
    mimeType: "text/csv",
    buffer: Buffer.from(`${lines.join("\n")}\n`),
  });
  await page.getByRole("button", { name: "Upload and preview" }).click();
  await expect(page.getByRole("heading", { name: `${shop}.csv` })).toBeVisible();
  if (byHand === undefined) return;
  const [column, field] = byHand;
  await page.getByRole("combobox", { name: `${column} is read as` }).selectOption(field);
}

async function importAll(page: Page, { lines, bad }: Export) {
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const count = Object.keys(bad).length;
  const rows = lines.length - 1;
  const told =
    count === 1 ? `1 row of ${rows} was rejected` : `${count} rows of ${rows} were rejected`;
  await expect(page.getByText(told)).toBeVisible({ timeout: 60_000 });
}

const countOn = (page: Page, name: string) =>
  page
    .getByRole("region", { name: "Rows" })
    .locator("div", { has: page.getByText(name) })
    .last();

for (const one of exports) {
  test(`orders of ${one.shop} are imported by mapping, bad rows are reported, and a second import changes nothing`, async ({
    page,
  }) => {
    test.slow();
    const ctx = await makeShop(installation);
    const { organizationId } = ctx;
    const activities = () => installation.db.prisma.activity.count({ where: { organizationId } });
    const contacts = () => installation.db.prisma.contact.count({ where: { organizationId } });
    await signInAs(page, await makeMember(ctx, "officer"));

    await send(page, one);
    for (const [line, why] of Object.entries(one.bad)) {
      const row = page.getByRole("row", { name: new RegExp(`Row ${line}.*Rejected`) });
      await expect(row).toContainText(why);
    }
    await expectReadable(page);
    await importAll(page, one);
    await expect(countOn(page, "Added")).toContainText(String(one.good.rows));
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /^Download \d+ rows? to review/ }).click();
    const mend = readFileSync(await (await download).path(), "utf8");
    for (const line of Object.keys(one.bad)) {
      const [number = ""] = (one.lines[Number(line) - 1] ?? "").split(/[,;]/);
      expect(mend).toContain(number);
    }
    expect(await activities()).toBe(one.good.orders);
    expect(await contacts()).toBe(one.good.orders);

    await send(page, one);
    await importAll(page, one);
    await expect(countOn(page, "Added")).toContainText("0");
    await expect(countOn(page, "Unchanged")).toContainText(String(one.good.rows));
    expect(await activities()).toBe(one.good.orders);
    expect(await contacts()).toBe(one.good.orders);
  });
}
