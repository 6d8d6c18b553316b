import { Plus } from "lucide-react";
import type { Route } from "next";
import { Button } from "./button";
import { ButtonLink } from "./button-link";

type NewLinkProps = { href: Route; whyNot: string | undefined; children: string };

/** Link to create another one, or a disabled button with the reason. */
export const NewLink = ({ href, whyNot, children }: NewLinkProps) =>
  whyNot === undefined ? (
    <ButtonLink href={href} look="primary" icon={Plus}>
      {children}
    </ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{children}</Button>
  );
