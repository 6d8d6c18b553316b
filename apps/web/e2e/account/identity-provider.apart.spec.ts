import { type Browser, type Page, expect } from "@playwright/test";
import { OrganizationId } from "@ringfence/core/ids";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import { startIdentityProvider } from "@ringfence/services/testing/identity-provider";
import { makeEmpty } from "../../testing/make-empty";
import { makeMember } from "../../testing/make-caller";
import { openInstallation } from "../../testing/open-installation";
import { fillSignIn, openPlace, openSignedInPage } from "../platform/demo";
import { findProviderPort, firstDemo, identityProviderOrganization } from "../platform/demos";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

// The first story connects the provider for the others.
test.describe.configure({ mode: "serial" });

const installation = openInstallation();
const { db } = installation;
const organizationId = OrganizationId.parse(identityProviderOrganization);
const address = formatPublicAddress(organizationId);
const site = `http://localhost:${firstDemo.port}`;
let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
let owner: { email: string; password: string };

test.beforeAll(async () => {
  provider = await startIdentityProvider({
    redirectUri: `${site}/api/oidc/callback`,
    signedOutUri: `${site}/sign-in`,
    logoutUri: `${site}/api/oidc/${address}/logout`,
    port: findProviderPort(firstDemo.port),
  });
  ({ owner } = await makeEmpty(installation, { id: organizationId }));
});
test.afterAll(async () => {
  await provider.close();
  await db.close();
});

/** As a story goes on with the wide page. */
const endingWide = ["narrow", "dark", "light"] as const;

/** Opens a page in a browser of its own. */
const openBrowser = async (browser: Browser, locale: string) =>
  (await browser.newContext({ locale })).newPage();

/** Lets the five minutes pass for which the groups of a person's sessions count. */
const passFiveMinutes = (email: string) =>
  db.pool.query(
    `UPDATE session SET fresh_until = fresh_until - interval '5 minutes'
     FROM member WHERE member.id = member_id AND email = $1`,
    [email],
  );

/** Has the provider end the last session of somebody, by calling us. */
async function logOutAtProvider(subject: string) {
  const session = await db.prisma.providerSession.findFirstOrThrow({
    where: { organizationId, subject },
    orderBy: { sessionId: "desc" },
  });
  await provider.sendLogout(subject, session.sid ?? "");
}

const fill = (page: Page, label: string, text: string) =>
  page.getByLabel(label, { exact: true }).fill(text);

test("an owner connects the provider, and members follow their groups there until it signs them out", async ({
  browser,
}) => {
  const page = await openSignedInPage(browser, owner);
  await page.goto("/organization");
  await page.getByRole("link", { name: "Sign-in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign-in", level: 1 })).toBeVisible();
  await expect(page.getByText(`${site}/api/oidc/${address}/logout`)).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Enter the client secret.")).toBeVisible();
  await fill(page, "Name", "Example ID");
  await fill(page, "Issuer", "http://id.example.com");
  await page.getByRole("button", { name: "Check the issuer" }).click();
  await expect(page.getByText("The address must begin with https.")).toBeVisible();
  await fill(page, "Issuer", provider.issuer);
  await page.getByRole("button", { name: "Check the issuer" }).click();
  await expect(page.getByText("The provider answers.")).toBeVisible();
  await fill(page, "Client ID", provider.clientId);
  await fill(page, "Client secret", provider.clientSecret);
  for (const [group, role] of [
    ["compliance", "officer"],
    ["staff", "agent"],
  ] as const) {
    await page.getByRole("button", { name: "Add a group" }).click();
    await page.getByLabel("Group", { exact: true }).last().fill(group);
    await page.getByLabel("Role", { exact: true }).last().selectOption(role);
  }
  await expectReadableAnywhere(page, "connecting an identity provider", endingWide);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Connected: Example ID")).toBeVisible();
  await expect(page.getByLabel("Client secret", { exact: true })).toHaveValue("");

  // Ada has never been here.
  const email = "ada@provider.example";
  const person = { name: "Ada Marsh", email, email_verified: true };
  provider.signInAs("ada", { ...person, groups: ["compliance"] });
  const ada = await openBrowser(browser, "en");
  await ada.goto(`/sign-in/${address}?from=%2Fregistries`);
  await expectReadableAnywhere(ada, "sign-in with a provider", endingWide);
  await ada.getByRole("link", { name: "Continue with Example ID" }).click();
  await expect(ada).toHaveURL("/registries");
  await expect(ada.getByRole("heading", { name: "Registries", level: 1 })).toBeVisible();

  // Her group changes: the role is gone at the next click after five minutes.
  provider.signInAs("ada", { ...person, groups: ["staff"] });
  await ada.goto("/settings");
  await expect(ada.getByText("officer", { exact: true })).toBeVisible();
  await passFiveMinutes(email);
  await openPlace(ada, "Do not call", "Registries");
  await expect(ada.getByText(/^You don’t have access to/)).toBeVisible();
  await expect(ada).toHaveURL("/registries");
  await ada.goto("/settings");
  await expect(ada.getByText("agent", { exact: true })).toBeVisible();

  // The provider signs her out: the next click is over.
  await logOutAtProvider("ada");
  await ada.getByRole("link", { name: "Call" }).first().click();
  await expect(ada).toHaveURL("/sign-in?from=%2Fcall");
  // The browser knows where she signs in.
  await ada.getByRole("link", { name: "Continue with Example ID" }).click();
  await expect(ada).toHaveURL("/call");

  await page.goto("/audit");
  for (const action of [
    "changed the sign-in settings",
    "linked a member to the identity provider",
    "changed a member’s role by their groups",
    "ended sessions for the identity provider",
  ]) {
    await expect(page.getByRole("row", { name: action }).first()).toBeVisible();
  }
});

test("сотрудник входит через провайдера по-русски, и без группы его не пускают", async ({
  browser,
}) => {
  const email = "boris@provider.example";
  const person = { name: "Борис Марш", email, email_verified: true };
  provider.signInAs("boris", { ...person, groups: ["visitors"] });
  const boris = await openBrowser(browser, "ru");
  await boris.goto(`/sign-in/${address}`);
  await boris.getByRole("link", { name: "Войти через Example ID" }).click();
  await expect(
    boris.getByRole("alert", { name: /^Вы не состоите ни в одной группе/ }),
  ).toBeVisible();
  await expectReadableAnywhere(boris, "a refused sign-in in Russian", endingWide);
  await expect(boris).not.toHaveURL(/boris|provider\.example/);

  provider.signInAs("boris", { ...person, groups: ["staff"] });
  await boris.getByRole("link", { name: "Войти через Example ID" }).click();
  await expect(boris).toHaveURL("/call");

  // He loses his group, and is out at the next click.
  provider.signInAs("boris", { ...person, groups: [] });
  await passFiveMinutes(email);
  await boris.goto("/settings");
  await expect(boris).toHaveURL("/sign-in?from=%2Fsettings");
  await boris.getByRole("link", { name: "Войти через Example ID" }).click();
  await expect(
    boris.getByRole("alert", { name: /^Вы не состоите ни в одной группе/ }),
  ).toBeVisible();

  // Signing out here leads to the provider, which signs out everywhere: by calling us, too.
  provider.signInAs("boris", { ...person, groups: ["staff"] });
  await boris.getByRole("link", { name: "Войти через Example ID" }).click();
  await expect(boris).toHaveURL("/settings");
  await boris.getByRole("button", { name: "Выйти" }).click();
  await expect(boris).toHaveURL(new RegExp(`^${provider.issuer}/session/end`));
  await expect(boris).not.toHaveURL(/id_token_hint|boris/);
  const { length } = provider.state.logoutTokens;
  await boris.getByRole("button", { name: /Yes/ }).click();
  await expect(boris).toHaveURL(`${site}/sign-in`);
  expect(provider.state.logoutTokens.length).toBe(length + 1);
});

test("an owner requires the provider, and passwords no longer work, except the owner’s own", async ({
  browser,
}) => {
  const officer = await makeMember({ db, organizationId }, "officer");
  const colleague = await openSignedInPage(browser, officer);
  await colleague.goto("/registries");
  await expect(colleague.getByRole("heading", { name: "Registries", level: 1 })).toBeVisible();

  const page = await openSignedInPage(browser, owner);
  await page.goto("/organization/sign-in");
  await page.getByRole("checkbox", { name: /^Members sign in only through the provider/ }).check();
  await expect(page.getByLabel("Owner with a password")).toHaveValue(/./);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await colleague.goto("/registries");
  await expect(colleague).toHaveURL("/sign-in?from=%2Fregistries");
  await fillSignIn(colleague, officer);
  const refused = colleague.getByRole("alert", { name: /^Your organization signs in through/ });
  await refused.getByRole("link", { name: "Go to its sign-in page" }).click();
  await expect(colleague.getByRole("link", { name: "Continue with Example ID" })).toBeVisible();
  await expect(colleague.getByLabel("Password", { exact: true })).toBeHidden();
  await expectReadableAnywhere(colleague, "sign-in with a required provider", endingWide);

  await colleague.locator("summary", { hasText: "Sign in with a password" }).click();
  await fillSignIn(colleague, owner);
  await expect(colleague).toHaveURL("/");
});
