from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index that is built while everybody writes cannot be built in a transaction.
    atomic = False
    dependencies = [("users", "0002_add_new_user_fields")]

    operations = [
        AddIndexConcurrently("user", models.Index(fields=["phone_number"], name="users_phone_number")),
        AddIndexConcurrently("user", models.Index(fields=["last_login"], name="users_last_login")),
    ]
