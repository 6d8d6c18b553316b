import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const file = {
  name: "people.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    "id;Name;Phone;City\nq-1;Ada Quill;(214) 555-0190;Dallas\nq-2;Bob Quill;12;Plano\n",
  ),
};

test("an officer imports contacts, sees the faulty rows, and finds an imported contact", async ({
  browser,
}) => {
  test.slow();
  const page = await signedInPage(browser, "officer", "/contacts");
  await page.getByRole("link", { name: "Import a file" }).click();
  await page.getByLabel("File", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Upload and preview" }).click();

  await expect(page.getByRole("heading", { name: "people.csv" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Phone is read as" })).toHaveValue("phone");
  await page.getByRole("combobox", { name: "City is read as" }).selectOption("attributes.City");
  await expect(page.getByRole("row", { name: /Row 3.*Rejected/ })).toBeVisible();
  await expectReadable(page);

  await page.getByRole("button", { name: "Test all rows first" }).click();
  await expect(page.getByText("1 row of 2 would be rejected")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("1 row of 2 was rejected")).toBeVisible({ timeout: 60_000 });
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download 1 row to review (CSV)" }).click();
  expect((await download).suggestedFilename()).toBe("people-to-fix.csv");

  await page.getByRole("link", { name: "All contacts" }).click();
  await page.getByRole("searchbox", { name: "Name, phone or your own ID" }).fill("quill");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("row", { name: /Quill/ })).toHaveCount(1);
  await page.getByRole("link", { name: "Ada Quill" }).click();
  await expect(page.getByRole("heading", { name: "Ada Quill", level: 1 })).toBeVisible();
  const phones = page.getByRole("region", { name: "Phones" });
  await expect(phones.getByRole("link", { name: "+1 214 555 0190" })).toHaveAttribute(
    "href",
    /^\/numbers\/[0-9a-f-]{36}$/,
  );
  await expect(page.getByText("Dallas")).toBeVisible();
  await expect(
    phones.getByText("Anyone who opens a stop link can opt this number out"),
  ).toBeVisible();
  await expect(phones.getByRole("button", { name: "Copy" })).toBeVisible();
  const stopLink = await phones.getByText(/\/s\/[\w-]{56}$/).innerText();
  await expectReadable(page);
  const address = page.url();
  await page.goto(stopLink);
  await expect(page.getByText("Your number ends in 90.")).toBeVisible();

  const auditor = await signedInPage(browser, "auditor", address);
  await expect(auditor.getByText(/^You cannot see stop links/)).toBeVisible();
  await expect(auditor.getByText(/\/s\/[\w-]{56}/)).toHaveCount(0);
});

test("a file that is not text is rejected with a reason", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/imports/new");
  const picture = { name: "people.csv", mimeType: "", buffer: Buffer.from("GIF\u0000\u0001") };
  await page.getByLabel("File", { exact: true }).setInputFiles(picture);
  await page.getByRole("button", { name: "Upload and preview" }).click();
  await expect(page.getByRole("alert", { name: /This is not a text file/ })).toBeVisible();
});

for (const [path, what] of [
  ["/contacts", "Contacts"],
  ["/imports", "Imports"],
  ["/imports/new", "New imports"],
] as const) {
  test(`an agent may not open ${path}, and is told why`, async ({ browser }) => {
    const page = await signedInPage(browser, "agent");
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(403);
    const why = `You don’t have access to “${what}” as an agent.`;
    await expect(page.getByRole("group", { name: why })).toBeVisible();
  });
}
