import type { Route } from "next";
import Link from "next/link";
import { type Named, PersonName } from "./person-name";

type PersonLinkProps<To extends string> = { href: Route<To>; person: Named };

/** Link to a contact. It is not prefetched, because opening the page is audited. */
export const PersonLink = <To extends string>({
  href,
  person: { name, externalId },
}: PersonLinkProps<To>) => (
  <Link href={href} prefetch={false}>
    <PersonName name={name} externalId={externalId} />
  </Link>
);
