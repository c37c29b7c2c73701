import { lazyScreen } from '@casetalk/portal';
import { createBrowserRouter } from 'react-router';
import { CrashScreen } from './crash-screen.tsx';
import { PageFrameRoute } from './page-frame.tsx';
import { paths } from './paths.ts';
import { SignedIn } from './signed-in.tsx';

/** The portal's addresses. Every screen is a file of its own, loaded when it is first shown. */
export const createRoutes = () =>
  createBrowserRouter([
    {
      errorElement: <CrashScreen />,
      HydrateFallback: () => null,
      children: [
        {
          element: <PageFrameRoute />,
          children: [
            {
              path: paths.invitation,
              lazy: lazyScreen(
                () => import('../features/invitation/invitation-screen.tsx'),
                'InvitationScreen',
              ),
            },
            {
              path: paths.registration,
              lazy: lazyScreen(
                () => import('../features/registration/registration-screen.tsx'),
                'RegistrationScreen',
              ),
            },
            {
              path: paths.registered,
              lazy: lazyScreen(() => import('../features/registration/done-screen.tsx'), 'DoneScreen'),
            },
            {
              path: paths.declined,
              lazy: lazyScreen(
                () => import('../features/registration/declined-screen.tsx'),
                'DeclinedScreen',
              ),
            },
            {
              path: paths.signIn,
              lazy: lazyScreen(() => import('../features/signing-in/sign-in-route.tsx'), 'SignInRoute'),
            },
            {
              path: paths.forgottenPassword,
              lazy: lazyScreen(() => import('../features/signing-in/forgotten-route.tsx'), 'ForgottenRoute'),
            },
            {
              path: paths.passwordReset,
              lazy: lazyScreen(() => import('../features/signing-in/reset-route.tsx'), 'ResetRoute'),
            },
            {
              path: paths.emailConfirmation,
              lazy: lazyScreen(
                () => import('../features/contact/email-confirmation-screen.tsx'),
                'EmailConfirmationScreen',
              ),
            },
            {
              path: paths.unsubscribe,
              lazy: lazyScreen(() => import('../features/signing-in/reset-route.tsx'), 'UnsubscribeRoute'),
            },
            {
              path: paths.terms,
              lazy: lazyScreen(() => import('../features/terms/terms-screen.tsx'), 'TermsScreen'),
            },
          ],
        },
        {
          element: <SignedIn />,
          children: [
            {
              element: <PageFrameRoute />,
              children: [
                {
                  path: paths.home,
                  lazy: lazyScreen(() => import('../features/home/home-screen.tsx'), 'HomeScreen'),
                },
                {
                  path: paths.phoneChange,
                  lazy: lazyScreen(
                    () => import('../features/contact/phone-change-screen.tsx'),
                    'PhoneChangeScreen',
                  ),
                },
                {
                  path: paths.emailChange,
                  lazy: lazyScreen(
                    () => import('../features/contact/email-change-screen.tsx'),
                    'EmailChangeScreen',
                  ),
                },
                {
                  path: paths.account,
                  lazy: lazyScreen(() => import('../features/account/account-screen.tsx'), 'AccountScreen'),
                },
                {
                  path: paths.seen,
                  lazy: lazyScreen(() => import('../features/seen/seen-screen.tsx'), 'SeenScreen'),
                },
              ],
            },
            {
              path: paths.inbox,
              lazy: lazyScreen(() => import('./inbox-route.tsx'), 'InboxRoute'),
              children: [
                {
                  path: ':talkId',
                  lazy: lazyScreen(() => import('../features/talk/talk-screen.tsx'), 'TalkScreen'),
                },
              ],
            },
          ],
        },
        {
          element: <PageFrameRoute />,
          children: [{ path: '*', lazy: lazyScreen(() => import('./not-found-route.tsx'), 'NotFoundRoute') }],
        },
      ],
    },
  ]);
