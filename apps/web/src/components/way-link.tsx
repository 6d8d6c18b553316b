import type { Route } from "next";
import { Button } from "./button";
import { ButtonLink } from "./button-link";

type WayLinkProps = { href: Route; whyNot: string | undefined; children: string };

/** Link to a page, or a disabled button with the reason. */
export const WayLink = ({ href, whyNot, children }: WayLinkProps) =>
  whyNot === undefined ? (
    <ButtonLink href={href}>{children}</ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{children}</Button>
  );
