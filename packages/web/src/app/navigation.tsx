import {
  IconArchive,
  IconBook2,
  IconFlask,
  IconListDetails,
  IconSettings,
  IconStar,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './navigation.module.css';

const EXPERIMENTS = [
  { to: '/aqd/experiments', label: 'All experiments', icon: IconFlask },
  { to: '/aqd/experiments/favourites', label: 'Favourites', icon: IconStar },
  { to: '/aqd/experiments/archived', label: 'Archived', icon: IconArchive },
] as const;

const OTHERS = [
  { to: '/aqd/task-history', label: 'Task history', icon: IconListDetails },
  { to: '/documentation', label: 'Documentation', icon: IconBook2 },
  { to: '/settings', label: 'Settings', icon: IconSettings },
] as const;

/** The pages, in the places where users of the original look for them. */
export function Navigation() {
  return (
    <nav aria-label="Pages" className={classes.nav}>
      {EXPERIMENTS.map((page) => (
        <PageLink key={page.to} {...page} />
      ))}
      <hr className={classes.line} />
      {OTHERS.map((page) => (
        <PageLink key={page.to} {...page} />
      ))}
    </nav>
  );
}

function PageLink({ to, label, icon: Icon }: (typeof EXPERIMENTS | typeof OTHERS)[number]) {
  return (
    <Link to={to} className={classes.link} activeOptions={{ exact: true, includeSearch: false }}>
      <Icon size={17} stroke={1.6} aria-hidden />
      <span>{label}</span>
    </Link>
  );
}
