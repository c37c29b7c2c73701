import { answerOf, api, queryKeys } from '@casetalk/portal';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

/** What has been unread for too long in this clinician's talks, the oldest first. */
export const tasksQuery = queryOptions({
  queryKey: queryKeys.tasks,
  queryFn: ({ signal }) => answerOf(api.listTasks({}, { signal })),
});

export function useFinishTask() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (taskId: string) => answerOf(api.finishTask({ params: { taskId } })),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.tasks }),
  });
}
