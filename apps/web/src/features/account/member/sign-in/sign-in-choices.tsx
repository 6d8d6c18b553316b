import { useTranslations } from "next-intl";
import type { Route } from "next";
import { Banner } from "@/components/banner";
import { buttonClass } from "@/components/buttons";
import { hasKey } from "@/i18n/has-key";
import messages from "../../../../../messages/en.json";
import { SignInForm } from "./sign-in-form";

type SignInChoicesProps = {
  /** Path on this site to open afterwards. */
  from: Route;
  /** The identity provider to sign in with, if one is known. */
  offer: { name: string; address: string } | null;
  /** Why the provider did not let somebody in. */
  fault?: unknown;
};

/** Ways to sign in: the organization's identity provider, and a password, folded if there is a provider. */
export function SignInChoices({ from, offer, fault }: SignInChoicesProps) {
  const t = useTranslations("signIn");
  const faults = useTranslations("signIn.providerFaults");
  const title =
    typeof fault === "string" && hasKey(messages.signIn.providerFaults, fault)
      ? faults(fault)
      : null;
  return (
    <>
      {title !== null && <Banner tone="bad" role="alert" title={title} />}
      {offer === null ? (
        <PasswordSignIn from={from} />
      ) : (
        <>
          <ProviderLink {...offer} from={from} />
          <details className="more">
            <summary>{t("withPassword")}</summary>
            <div>
              <PasswordSignIn from={from} />
            </div>
          </details>
        </>
      )}
    </>
  );
}

function PasswordSignIn({ from }: { from: Route }) {
  const t = useTranslations("signIn");
  return (
    <>
      <SignInForm from={from} />
      <p className="border-t border-line pt-3 text-sm text-muted">{t("forgotten")}</p>
    </>
  );
}

type ProviderLinkProps = { name: string; address: string; from: Route };

/** A plain link, because a form may not lead to another site. */
function ProviderLink({ name, address, from }: ProviderLinkProps) {
  const t = useTranslations("signIn");
  const query = from === "/" ? "" : `?from=${encodeURIComponent(from)}`;
  return (
    <a
      href={`/api/oidc/${address}/start${query}`}
      className={buttonClass({ look: "primary", size: "big" })}
    >
      {t("continueWith", { name })}
    </a>
  );
}
