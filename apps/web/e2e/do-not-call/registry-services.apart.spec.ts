import { generateKeyPairSync } from "node:crypto";
import { expect } from "@playwright/test";
import { OrganizationId } from "@ringfence/core/ids";
import { recordContacts } from "@ringfence/services/people/contact";
import {
  ftcAccount,
  openFtcServer,
  openSgServer,
  openWashingServer,
  washingAccount,
} from "../../testing/registry-services";
import { registryServicesOrganization } from "../platform/demos";
import { exampleGroup } from "../platform/example-group";
import { expectReadableAnywhere } from "../platform/looks";
import { defaultSettings, settle } from "../platform/demo";
import { connecting, expectNowhere, fault, field, openAdvanced } from "./registry-steps";
import { test } from "../platform/test";

const { signedInPage, installation, organizationId } = exampleGroup({
  id: OrganizationId.parse(registryServicesOrganization),
});

/** First of the local ports that the worker may call for this organization, set in `start-demos.ts`. */
const firstPort = Number(process.env.E2E_PORT || 3100) + 2000;
async function addContacts(...phones: string[]) {
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const ctx = { ...installation, organizationId: organizationId(), actor };
  await recordContacts(ctx, {
    rows: phones.map((phone) => ({ externalId: phone, name: `Who has ${phone}`, phones: [phone] })),
  });
}

test("an officer has contacts washed by the Australian register, and sees how many are left", async ({
  browser,
}) => {
  const { world, url, close } = await openWashingServer(firstPort);
  try {
    await addContacts("+61412000001", "+61412000002", "+61412000003");
    world.listed.add("0412000002");
    const page = await signedInPage(browser, "officer", "/registries/connect");
    await page.goto("/registries/connect?code=AU-DNCR", { waitUntil: "networkidle" });
    await expect(page.getByRole("radio", { name: /^Washing service/ })).toBeChecked();
    await field(page, "Account ID").fill("one hundred");
    await connecting(page);
    await expect(fault(page, "Enter the digits of the account ID.")).toBeVisible();
    await field(page, "Account ID").fill(washingAccount.telemarketerId);
    await field(page, "Numbers per month, at most").fill("0");
    await connecting(page);
    await expect(fault(page, "Enter a whole number from 1 to 5,000,000.")).toBeVisible();
    await field(page, "Numbers per month, at most").fill("500");
    await openAdvanced(page);
    await field(page, "Service address").fill("www.donotcall.gov.au");
    await connecting(page);
    await expect(
      fault(page, "Enter an address that starts with https:// or http://."),
    ).toBeVisible();
    await field(page, "Service address").fill(url);
    await connecting(page);
    await expect(
      fault(page, "Enter the secret. The source cannot be read without it."),
    ).toBeVisible();
    await expectReadableAnywhere(page, "connecting the Australian register");
    await page.getByLabel("Password").fill("wrong & sure");
    await connecting(page);

    const name = "Australia DNCR";
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    const failed = page.getByRole("group", { name: "The registry could not be read" });
    await expect(failed).toContainText("3");
    await expect(page.getByText("0 of 500 numbers")).toBeVisible();
    await expectReadableAnywhere(page, "an asked registry that refuses us");
    await expectNowhere(page, "wrong & sure");
  } finally {
    close();
  }
});

test("an officer corrects the password, watches the washing, and pays once", async ({
  browser,
}) => {
  const { world, url, close } = await openWashingServer(firstPort);
  try {
    const page = await signedInPage(browser, "officer", "/registries");
    await page.getByRole("link", { name: "Australia DNCR" }).click();
    await page.getByRole("link", { name: "Change", exact: true }).click();
    await openAdvanced(page);
    await expect(field(page, "Service address")).toHaveValue(url);
    // The answer is delayed, so that the page shows the reading in progress.
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    world.instead = (operation, response) => {
      if (operation !== "WashNumbers") return false;
      asked.resolve();
      void answered.promise.then(() => response.destroy());
      return true;
    };
    await page.getByLabel("Password").fill(washingAccount.password);
    await page.getByRole("button", { name: "Save" }).click();
    await asked.promise;
    await expect(page.getByRole("progressbar", { name: "Updating" })).toBeVisible();
    await expectReadableAnywhere(page, "an asked registry that is being asked", [
      "light",
      "narrow",
    ]);
    await page.getByRole("button", { name: "Cancel update" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel update" }).click();
    await expect(page.getByText("3 of 500 numbers")).toBeVisible();
    world.instead = () => false;
    answered.resolve();

    // Numbers that were already washed are fetched by reference and not charged again.
    await page.getByRole("button", { name: /^Update now/ }).click();
    await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText(
      "in force",
    );
    await expect(page.getByText("3 of 500 numbers")).toBeVisible();
    expect(world.charged).toBe(3);
    await expectReadableAnywhere(page, "an asked registry that answered");
    await settle(page, { locale: "ru" });
    await page.reload();
    await expectReadableAnywhere(page, "the same in Russian", ["light", "narrow"]);
    await page.goto("/registries/connect?code=SG-DNC-VOICE", { waitUntil: "networkidle" });
    await expectReadableAnywhere(page, "connecting in Russian", ["light", "narrow"]);
    await settle(page, defaultSettings);
  } finally {
    close();
  }
});

test("an officer connects Singapore's real-time service, and an invalid key is explained", async ({
  browser,
}) => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const { world, url, close } = await openSgServer(publicKey, firstPort + 1);
  try {
    await addContacts("+6581234567", "+6561234567");
    world.registered.add("81234567");
    const page = await signedInPage(browser, "officer", "/registries/connect");
    await page.goto("/registries/connect?code=SG-DNC-VOICE", { waitUntil: "networkidle" });
    await page.getByRole("radio", { name: /^Real-time service/ }).check();
    await connecting(page);
    await expect(fault(page, "Enter letters, digits and hyphens.")).toBeVisible();
    await field(page, "Organization code").fill("ORG");
    await field(page, "E-service ID").fill("SVC");
    await field(page, "Numbers per month, at most").fill("2");
    await openAdvanced(page);
    await field(page, "Service address").fill(url);
    await field(page, "Private key (RSA, PEM)").fill("not a key");
    await expectReadableAnywhere(page, "connecting Singapore");
    await connecting(page);
    const failed = page.getByRole("group", { name: "The registry could not be read" });
    await expect(failed).toContainText(/RSA/);
    await expectNowhere(page, "not a key");
    await field(page, "Private key (RSA, PEM)").fill(privateKey);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText(
      "in force",
    );
    await expect(page.getByText("2 of 2 numbers")).toBeVisible();
    expect(world.asked.flat().toSorted()).toEqual(["61234567", "81234567"]);
    expect(await page.content()).not.toContain("PRIVATE KEY");
  } finally {
    close();
  }
});

test("an officer has the US list fetched from its download service, and certifies it", async ({
  browser,
}) => {
  const lists = new Map([["818", "818,5550100\n818,5550101\n"]]);
  const { url, close } = await openFtcServer({ lists }, firstPort + 2);
  try {
    const page = await signedInPage(browser, "officer", "/registries/connect");
    await page.goto("/registries/connect", { waitUntil: "networkidle" });
    await field(page, "Name").fill("National list");
    await field(page, "Code").fill("us-national");
    await page.getByRole("combobox", { name: "File format" }).selectOption("us-dnc");
    await page.getByRole("radio", { name: /^FTC download service/ }).check();
    await field(page, "Organization ID").fill("12345678");
    await connecting(page);
    await expect(fault(page, "Enter 8 digits, a hyphen and 5 digits.")).toBeVisible();
    await field(page, "Organization ID").fill(ftcAccount.organization);
    await openAdvanced(page);
    await field(page, "Service address").fill(url);
    await connecting(page);
    await expect(fault(page, "Confirm this: the FTC gives no list without it.")).toBeVisible();
    await page.getByRole("checkbox", { name: /^We certify/ }).check();
    await connecting(page);
    await expect(
      fault(page, "Enter the secret. The source cannot be read without it."),
    ).toBeVisible();
    await page.getByLabel("Password", { exact: true }).fill(ftcAccount.password);
    await expectReadableAnywhere(page, "connecting the download service");
    await connecting(page);
    await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText(
      "in force",
    );
    await expect(page.getByRole("region", { name: "In force" })).toContainText("2");
    await expectNowhere(page, "down & load");
  } finally {
    close();
  }
});
