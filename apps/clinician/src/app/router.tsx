import { CrashPage, lazyScreen } from '@casetalk/portal';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { PrivateLayout } from './private-layout.tsx';
import { PublicLayout } from './public-layout.tsx';

const casePage: RouteObject = {
  path: 'cases/:caseId',
  lazy: lazyScreen(() => import('./case/case-layout.tsx'), 'CaseLayout'),
  children: [
    { index: true, lazy: lazyScreen(() => import('./case/overview-screen.tsx'), 'OverviewScreen') },
    {
      path: 'doctor-talk',
      lazy: lazyScreen(() => import('./case/doctor-talk-screen.tsx'), 'DoctorTalkScreen'),
    },
    {
      path: 'patient-talk',
      lazy: lazyScreen(() => import('./case/patient-talk-screen.tsx'), 'PatientTalkScreen'),
    },
    {
      path: 'attachments',
      lazy: lazyScreen(() => import('./case/attachments-screen.tsx'), 'AttachmentsScreen'),
    },
  ],
};

/** Every address of the portal. Screens load when they are first shown. */
export const createClinicianRouter = () =>
  createBrowserRouter([
    {
      HydrateFallback: () => null,
      errorElement: <CrashPage />,
      children: [
        {
          element: <PublicLayout />,
          children: [
            {
              path: 'forgotten-password',
              lazy: lazyScreen(() => import('./forgotten-password.tsx'), 'ForgottenPassword'),
            },
            {
              path: 'password-reset',
              lazy: lazyScreen(() => import('./password-reset.tsx'), 'PasswordReset'),
            },
            {
              path: 'unsubscribe',
              lazy: lazyScreen(() => import('./unsubscribe.tsx'), 'Unsubscribe'),
            },
          ],
        },
        {
          element: <PrivateLayout />,
          children: [
            { index: true, element: <Navigate to="/cases" replace /> },
            { path: 'sign-in', element: <Navigate to="/cases" replace /> },
            { path: 'cases', lazy: lazyScreen(() => import('./case-list.tsx'), 'CaseList') },
            { path: 'cases/new', lazy: lazyScreen(() => import('./new-case.tsx'), 'NewCase') },
            casePage,
            {
              path: 'emergency-access',
              lazy: lazyScreen(() => import('./emergency-access.tsx'), 'EmergencyAccess'),
            },
            {
              path: 'emergency-access/new',
              lazy: lazyScreen(() => import('./emergency-access.tsx'), 'NewEmergencyAccess'),
            },
            {
              path: 'emergency-access/:grantId',
              lazy: lazyScreen(() => import('./emergency-access.tsx'), 'OpenEmergencyAccess'),
            },
            { path: 'account', lazy: lazyScreen(() => import('./account.tsx'), 'Account') },
            { path: '*', lazy: lazyScreen(() => import('./not-found.tsx'), 'NotFound') },
          ],
        },
      ],
    },
  ]);
