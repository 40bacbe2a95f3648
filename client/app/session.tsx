// Who is signed in: known to every page, and the guard before those that need it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import type { Person, Role } from '../../server/contract/identity.ts';
import { sessionRoutes } from '../../server/contract/routes-session.ts';
import { followPerson } from '../i18n/index.ts';
import { forgetHere, forgetOthersHere } from '../notifications/push.ts';
import { api, errorCode } from './api.ts';
import { NoAccess, NoServer } from './FullPageNotice.tsx';
import { forgetGuestTokens } from './guest-tokens.ts';
import { signInAddress } from './next-address.ts';
import { PageSkeleton } from './PageSkeleton.tsx';
import { meKey } from './queries.ts';

export type Session = {
  /** loading: not yet known · signed-out · signed-in · unreachable: the server does not answer */
  readonly state: 'loading' | 'signed-out' | 'signed-in' | 'unreachable';
  readonly person: Person | null;
  readonly hasRole: (...roles: readonly Role[]) => boolean;
  /** After signing in: the person is known at once, without asking again. */
  readonly signedIn: (person: Person) => void;
  /** Ends this session, or all of the person's. Throws ApiError. */
  readonly signOut: (reach: 'here' | 'everywhere') => Promise<void>;
  readonly changed: (person: Person) => void;
  readonly retry: () => void;
};

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('SessionProvider is missing');
  return session;
}

/** The person of a page behind RequireSession. */
export function usePerson(): Person {
  const { person } = useSession();
  if (!person) throw new Error('RequireSession is missing');
  return person;
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { data, isError, refetch } = useQuery({
    queryKey: meKey,
    queryFn: ({ signal }) => whoAmI(signal),
    staleTime: 60_000,
    refetchInterval: whileUnknown,
  });

  const language = data?.language;
  useEffect(() => {
    if (language) void followPerson(language);
  }, [language]);

  const id = data?.id;
  useEffect(() => {
    // Here and not where the form is sent: who signs in by another system comes with a new page.
    if (id) void forgetOthersHere();
  }, [id]);

  const session = useMemo<Session>(() => {
    const person = data ?? null;
    const known = data !== undefined;
    return {
      state: known ? (person ? 'signed-in' : 'signed-out') : isError ? 'unreachable' : 'loading',
      person,
      hasRole: (...roles) => person?.roles.some((role) => roles.includes(role)) ?? false,
      signedIn: (next) => {
        // Nothing that an earlier visitor of this browser was shown may stay.
        forgetGuestTokens();
        client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
        client.setQueryData(meKey, next);
      },
      changed: (next) => client.setQueryData(meKey, next),
      signOut: async (reach) => {
        await forgetHere();
        await api(reach === 'here' ? sessionRoutes.signOut : sessionRoutes.signOutEverywhere);
        client.setQueryData(meKey, null);
        client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
      },
      retry: () => void refetch(),
    };
  }, [client, data, isError, refetch]);

  return <SessionContext value={session}>{children}</SessionContext>;
}

/** A silent server is asked again every few seconds until it answers. */
function whileUnknown(query: { readonly state: { readonly data: unknown; readonly status: string } }): number | false {
  return query.state.status === 'error' && query.state.data === undefined ? 5000 : false;
}

async function whoAmI(signal: AbortSignal): Promise<Person | null> {
  try {
    return (await api(sessionRoutes.me, { signal })).person;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'not-signed-in' || code === 'token-expired') return null;
    throw error;
  }
}

/** Lets signed-in people through and sends others to the sign-in page and back. Around pages, or as their parent route. */
export function RequireSession({ children = <Outlet /> }: { children?: ReactNode }) {
  const { state, retry } = useSession();
  const location = useLocation();
  switch (state) {
    case 'loading':
      return <PageSkeleton />;
    case 'unreachable':
      return <NoServer onRetry={retry} />;
    case 'signed-out':
      return <Navigate to={signInAddress(location)} replace />;
    case 'signed-in':
      return children;
  }
}

/** Lets people with one of the roles through; to others the page says so. */
export function RequireRole({ roles }: { roles: readonly Role[] }) {
  const { hasRole } = useSession();
  return hasRole(...roles) ? <Outlet /> : <NoAccess />;
}
