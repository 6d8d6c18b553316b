import { expect } from "@playwright/test";
import { emptyOrganization } from "./empty-organization";
import { expectReadable } from "./looks";
import { test } from "./test";

const { ownerPage } = emptyOrganization();

/** Lists with the text that each shows while it is empty. */
const empty = {
  "/": "Nothing needs attention",
  "/opt-outs": "No opt-outs yet",
  "/suppressions": "No suppressions yet",
  "/complaints": "No open complaints",
  "/contacts": "No contacts yet",
  "/activities": "No recent activities",
  "/imports": "No files imported yet",
  "/segments": "No segments yet",
  "/offers": "No offers yet",
  "/campaigns": "No campaigns yet",
  "/campaigns/new": "A campaign needs a seller, an offer and a segment.",
  "/relevance": "Nothing tested yet",
  "/consents": "No consents yet",
  "/forms": "No capture forms yet",
  "/disclosures": "No disclosures yet",
  "/sources": "No consents yet",
  "/ledger": "No statements yet",
  "/registries": "No registry is connected",
  "/registries/reassigned": "No queries yet",
  "/scrubs": "No files screened yet",
  "/violations": "No open violations",
  "/screenings": "No screenings in 30 days",
  "/calls": "No calls in 30 days",
  "/policy": "No rules of your own",
  "/inbound": "Inbound opt-outs",
  "/endpoints": "No endpoints yet",
  "/endpoints/blocked-list": "No editions yet",
  "/audit": "Audit trail",
  "/keys": "No API keys yet",
  "/members": "J. Marsh",
  "/usage": "Nothing used yet",
};

for (const [path, words] of Object.entries(empty)) {
  test(`${path} is accessible while it is empty`, async () => {
    const page = ownerPage();
    await page.goto(path);
    await expect(page.getByRole("main")).toContainText(words);
    await expect(page.locator("[aria-busy]")).toHaveCount(0);
    await expectReadable(page, { what: path });
  });
}

test("a campaign leads to what it needs and is missing", async () => {
  const page = ownerPage();
  await page.goto("/campaigns/new");
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: "New segment" })).toBeVisible();
  await expect(main.getByRole("link", { name: "Add a seller" })).toHaveCount(0);
  await main.getByRole("link", { name: "New offer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New offer" })).toBeVisible();
});

test("an owner hides the setup checklist of a new organization, and shows it again in the settings", async () => {
  const page = ownerPage();
  await page.goto("/");
  const steps = page.getByRole("region", { name: "Setup checklist" });
  await expect(steps).toContainText("0 of 5 done");
  await expect(steps.getByRole("link", { name: "Connect a registry" })).toBeVisible();
  await steps.getByRole("button", { name: "Hide the checklist" }).click();
  await expect(steps).toHaveCount(0);

  await page.goto("/settings");
  await page.getByRole("checkbox", { name: "Setup checklist" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await page.goto("/");
  await expect(steps).toBeVisible();
});
