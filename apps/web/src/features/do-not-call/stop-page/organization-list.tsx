type OrganizationListProps = { organizations: readonly { name: string; path: string }[] };

/** Who calls? Each is a page of its own. */
export const OrganizationList = ({ organizations }: OrganizationListProps) => (
  <ul>
    {organizations.map(({ name, path }) => (
      <li key={path} className="border-b border-line">
        <a href={path} className="block py-3">
          {name}
        </a>
      </li>
    ))}
  </ul>
);
