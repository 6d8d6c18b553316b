import { expect, it } from "vitest";
import { commonTypes } from "../../people/activity/index.ts";
import { guessMapping } from "./guess-mapping.ts";
import { groupByOrder, readActivityCells } from "./read-activity-rows.ts";

const homes = {
  US: { region: "US", zone: "America/New_York", locale: "en" },
  RU: { region: "RU", zone: "Europe/Moscow", locale: "ru" },
};
const now = new Date("2026-11-25T12:00:00Z");

/** The orders of a file, as it would be read without a hand laid on it. */
function read(file: string, region: keyof typeof homes = "US", delimiter: "," | ";" = ",") {
  const table = file
    .trim()
    .split("\n")
    .map((line) => line.split(delimiter));
  const mapping = guessMapping(
    "activities",
    { encoding: "utf-8", delimiter },
    table,
    homes[region],
  );
  const rows = table.slice(1).map((cells, index) => ({ line: index + 2, cells }));
  const world = { types: commonTypes, region, now };
  return groupByOrder(mapping, rows).map(([first, ...more]) =>
    readActivityCells([first as (typeof rows)[0], ...more], mapping, world),
  );
}

it("reads orders of Shopify, an item a row, the order on the first", () => {
  const orders = read(`
Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing Phone,Cancelled at,Phone
#1001,ada@example.org,paid,45.00,2026-03-01 12:34:56 -0500,2,Spade,10.00,sp-1,Ada Lovelace,,,'+12015550111
#1001,ada@example.org,,,2026-03-01 12:34:56 -0500,1,Rake,20.00,ra-1,,,,
#1002,bo@example.org,refunded,5.00,2026-03-02 09:00:00 -0500,1,Pen,5.00,pe-1,Bo,+12015550112,,
#1003,cy@example.org,paid,5.00,2026-03-02 09:00:00 -0500,1,Pen,5.00,pe-1,Cy,+12015550113,2026-03-03 10:00:00 -0500,`);

  expect(orders).toMatchObject([
    {
      line: 2,
      externalId: "#1001",
      reference: { phone: "+12015550111", email: "ada@example.org" },
      activity: {
        type: "purchase",
        at: new Date("2026-03-01T17:34:56Z"),
        amount: 4500,
        properties: {
          items: [
            { name: "Spade", sku: "sp-1", quantity: 2, price: 1000 },
            { name: "Rake", sku: "ra-1", quantity: 1, price: 2000 },
          ],
        },
      },
      person: { row: { name: "Ada Lovelace" }, phones: ["+12015550111"] },
    },
    { line: 4, status: "rejected", message: { key: "activity.order-void" } },
    { line: 5, status: "rejected", message: { key: "activity.order-void" } },
  ]);
});

it("reads orders of WooCommerce", () => {
  expect(
    read(`
Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Phone (Billing),Order Total Amount,SKU,Item Name,Quantity (- Refund),Item Cost,Category
501,Completed,2026-03-01 12:34,Ada,Lovelace,ada@example.org,2015550111,30.00,sp-1,Spade,1,30.00,Garden
502,Cancelled,2026-03-01 12:34,Bo,Peep,,2015550112,30.00,sp-1,Spade,1,30.00,Garden`),
  ).toMatchObject([
    {
      externalId: "501",
      activity: { at: new Date("2026-03-01T17:34:00Z"), amount: 3000, category: "Garden" },
      person: { row: { name: "Ada Lovelace" } },
    },
    { status: "rejected", message: { key: "activity.order-void" } },
  ]);
});

it("reads deals of Bitrix24", () => {
  expect(
    read(
      `
ID;Стадия сделки;Название сделки;Сумма;Дата завершения;Контакт: ID;Контакт;Контакт: Мобильный телефон;Товар;Количество;Цена
71;Сделка успешна;Вклад;1 234,50;01.03.2026;9;Ада Лавлейс;8 916 123-45-67;Вклад;1;1 234,50
72;Сделка провалена;Вклад;99;01.03.2026;9;Ада Лавлейс;8 916 123-45-67;Вклад;1;99`,
      "RU",
      ";",
    ),
  ).toMatchObject([
    {
      externalId: "71",
      reference: { externalId: "9", phone: "+79161234567" },
      activity: { at: new Date("2026-02-28T21:00:00Z"), amount: 123_450 },
    },
    { status: "rejected", message: { key: "activity.order-void" } },
  ]);
});

it("reads sales of 1C, whose items have a kind", () => {
  expect(
    read(
      `
Номер;Дата;Клиент;Телефон;Номенклатура;Вид номенклатуры;Количество;Цена
УТ-01;01.03.2026 10:00:00;Лавлейс Ада;+79161234567;Лопата;Сад;2;150,00
УТ-01;01.03.2026 10:00:00;Лавлейс Ада;+79161234567;Ручка;Офис;1;20,00`,
      "RU",
      ";",
    ),
  ).toMatchObject([
    {
      externalId: "УТ-01",
      activity: { amount: 32_000, category: "Сад", at: new Date("2026-03-01T07:00:00Z") },
    },
  ]);
});

it("reads any table whose columns have plain names", () => {
  expect(
    read("Order;Phone;Total;Date;Category\n1;2015550111;5;03/01/2026;Garden", "US", ";"),
  ).toMatchObject([{ externalId: "1", activity: { amount: 500, category: "Garden" } }]);
});

it.each([
  ["", "5", "1", "/at", "import.time-unread"],
  ["2026-03-01", "five", "1", "/amount", "activity.amount-unread"],
  ["2026-03-01", "5", "some", "/itemQuantity", "activity.quantity-unread"],
  ["2026-03-01", "", "1", "/amount", "activity.amount-missing"],
  ["2027-03-01", "5", "1", "/at", "activity.from-the-future"],
])("says what is wrong: %j, %j, %j", (at, amount, quantity, path, key) => {
  const [order] = read(
    `Order,Phone,Total,Date,Item,Quantity\n1,2015550111,${amount},${at},Pen,${quantity}`,
  );
  expect(order).toMatchObject({ status: "rejected", line: 2, path, message: { key } });
});
