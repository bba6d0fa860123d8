"""Posts of public institutions (岗位, 评聘结合): who may be recommended is bounded by the posts that are approved and free.

Words: a ledger (岗位台账) belongs to one institution and is kept by its post authority (岗位管理部门); per level it says
approved, filled, reserved, pooled (县域统筹) and extra (退三进二 …). Vacancy = approved − filled, positive when there is
room (R-217, C-75); free seats also count what is pooled, extra and already promised. A reservation holds one seat for
one recommended person from the employer's audit to the appointment. Invariants: figures change only by an approved
change; as long as anybody is recommended, filled + reserved stay within what is approved, pooled and extra — held by
the database, not by a page. `subject_id` is the key of an application; this room knows no applications.
"""
